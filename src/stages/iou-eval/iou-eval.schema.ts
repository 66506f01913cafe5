import { z } from 'zod';
import { evaluationBody } from '../common/schemas.js';

export const iouEvalBody = evaluationBody;
export type IouEvalBody = z.infer<typeof iouEvalBody>;

export const iouEvalAnswer = z.object({
  job_id: z.string(),
  evaluation_id: z.string(),
  overlay_id: z.string(),
  iou_with_food: z.number(),
  max_iou_detection_id: z.string().nullable(),
  overlap_detected: z.boolean(),
});
