import { z } from 'zod';
import { evaluationBody } from '../common/schemas.js';

export const readabilityEvalBody = evaluationBody;
export type ReadabilityEvalBody = z.infer<typeof readabilityEvalBody>;

export const readabilityEvalAnswer = z.object({
  job_id: z.string(),
  evaluation_id: z.string(),
  overlay_id: z.string(),
  contrast_ratio: z.number(),
  wcag_aa_compliant: z.boolean(),
  wcag_aaa_compliant: z.boolean(),
  readability_score: z.number(),
});
