import { z } from 'zod';
import { optionalText, variantIds } from '../common/schemas.js';

export const vlmAnalyzeBody = z.object({
  ...variantIds,
  /** Accepted for older callers; the variant's own picture is always used. */
  asset_url: optionalText,
  ad_copy_text: optionalText,
  prompt: optionalText,
});
export type VlmAnalyzeBody = z.infer<typeof vlmAnalyzeBody>;

export const vlmAnalyzeAnswer = z.object({
  job_id: z.string(),
  vlm_trace_id: z.string(),
  is_valid: z.boolean(),
  image_quality_ok: z.boolean(),
  relevance_score: z.number(),
  analysis: z.string(),
  issues: z.array(z.string()),
  recommendations: z.array(z.string()),
  font_recommendation: z
    .object({
      font_style: z.string(),
      font_name: z.string(),
      font_size_category: z.string(),
      font_color_hex: z.string(),
      reasoning: z.string(),
    })
    .nullable(),
});
