import { z } from 'zod';
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
});
