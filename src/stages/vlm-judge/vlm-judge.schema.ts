import { z } from 'zod';
import { TEXT_SLOTS } from '../../brief/idea.js';
import { FINDING_CODES, MENDS } from '../judge/finding.js';
import { optionalText, variantIds } from '../common/schemas.js';

export const vlmJudgeBody = z.object({
  ...variantIds,
  overlay_id: optionalText.describe("the variant's newest overlay when not given"),
  render_asset_url: optionalText,
});
export type VlmJudgeBody = z.infer<typeof vlmJudgeBody>;

export const vlmJudgeAnswer = z.object({
  job_id: z.string(),
  vlm_trace_id: z.string(),
  on_brief: z.boolean(),
  occlusion: z.boolean(),
  contrast_ok: z.boolean(),
  cta_present: z.boolean(),
  analysis: z.string(),
  issues: z.array(z.string()),
  findings: z.array(
    z.object({
      code: z.enum(FINDING_CODES),
      measured: z.number(),
      limit: z.number(),
      slot: z.enum(TEXT_SLOTS).optional(),
      mend: z.enum(MENDS).optional(),
    }),
  ),
});
