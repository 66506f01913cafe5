import { z } from 'zod';
import { HEADLINE_SCALE, pictureTextsSchema } from '../../brief/idea.js';
import { optionalText, text, variantIds } from '../common/schemas.js';

const colour = z.string().regex(/^#?([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$/, 'String should be a colour: RRGGBB or RRGGBBAA');

export const overlayBody = z.object({
  ...variantIds,
  text: text.max(1000),
  variant_asset_url: optionalText,
  proposal_id: optionalText,
  x_align: text.max(50).nullish().describe('center when not given; stored only'),
  y_align: text.max(50).nullish().describe('top when not given; stored only'),
  text_size: z.int().min(1).max(1000).nullish().describe('upper bound of the font size, pixels'),
  overlay_color: colour.nullish().describe('RRGGBB[AA] laid under the text'),
  text_color: colour.nullish().describe('ffffffff means: not chosen'),
  margin: text.max(50).nullish().describe('8px when not given; stored only'),
  font_name: text.max(255).nullish(),
  texts: pictureTextsSchema.nullish().describe('everything that the picture says; without it, `text` alone'),
  headline_scale: z.number().min(HEADLINE_SCALE.least).max(HEADLINE_SCALE.most).nullish(),
  logo_url: optionalText.describe('a PNG with transparency, drawn beside the shop’s name'),
});
export type OverlayBody = z.infer<typeof overlayBody>;

export const overlayAnswer = z.object({
  job_id: z.string(),
  overlay_id: z.string().nullable(),
  render: z.object({ asset_id: z.string(), url: z.string(), width: z.number(), height: z.number() }),
});
