import { z } from 'zod';
import { iouEvalAnswer } from '../iou-eval/iou-eval.schema.js';
import { jobBody, optionalText } from '../common/schemas.js';
import { ocrEvalAnswer } from '../ocr-eval/ocr-eval.schema.js';
import { readabilityEvalAnswer } from '../readability-eval/readability-eval.schema.js';

export const fullEvaluationBody = z.object({
  ...jobBody.shape,
  overlay_id: optionalText.describe("the variant's newest when not given"),
  job_variants_id: optionalText.describe("the overlay's when not given; one of the two is needed"),
});
export type FullEvaluationBody = z.infer<typeof fullEvaluationBody>;

const ids = { job_id: true, overlay_id: true, evaluation_id: true } as const;
const evaluationId = {
  evaluation_id: z.string().nullable().describe('null: measured for this answer, not recorded'),
};
export const ocrResult = ocrEvalAnswer.omit(ids).extend(evaluationId);
export const readabilityResult = readabilityEvalAnswer.omit(ids).extend(evaluationId);
export const iouResult = iouEvalAnswer.omit(ids).extend(evaluationId);

export const fullEvaluationAnswer = z.object({
  job_id: z.string(),
  job_variants_id: z.string(),
  overlay_id: z.string(),
  ocr: ocrResult,
  readability: readabilityResult,
  iou: iouResult,
  score: z.number().describe('mean of ocr_accuracy, readability_score and 1 - iou_with_food, 0..1'),
});

export const evaluationListAnswer = z.object({
  job_id: z.string(),
  evaluations: z.array(
    z.object({
      evaluation_id: z.string(),
      job_variants_id: z.string().nullable(),
      overlay_id: z.string().nullable(),
      evaluation_type: z.string(),
      metrics: z.record(z.string(), z.unknown()),
      created_at: z.string(),
    }),
  ),
});
