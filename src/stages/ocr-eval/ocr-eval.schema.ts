import { z } from 'zod';
import { evaluationBody } from '../common/schemas.js';

export const ocrEvalBody = evaluationBody;
export type OcrEvalBody = z.infer<typeof ocrEvalBody>;

export const ocrEvalAnswer = z.object({
  job_id: z.string(),
  evaluation_id: z.string(),
  overlay_id: z.string(),
  ocr_confidence: z.number(),
  ocr_accuracy: z.number(),
  character_match_rate: z.number(),
  recognized_text: z.string(),
  original_text: z.string(),
});
