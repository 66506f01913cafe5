import { z } from 'zod';
import { optionalText, text, variantIds } from '../common/schemas.js';

export const yoloDetectBody = z.object({
  ...variantIds,
  asset_url: optionalText,
  /** Stored as model_name. */
  model: text.max(255).nullish(),
});
export type YoloDetectBody = z.infer<typeof yoloDetectBody>;

const detection = z.object({
  label: z.string(),
  confidence: z.number(),
  bbox: z.array(z.number()).describe('x, y, width, height as ratios of the picture'),
});
export const yoloDetectAnswer = z.object({
  job_id: z.string(),
  detection_ids: z.array(z.string()),
  boxes: z.array(z.array(z.number())).describe('x1, y1, x2, y2 in pixels'),
  model: z.string(),
  confidences: z.array(z.number()),
  classes: z.array(z.number()),
  labels: z.array(z.string()),
  areas: z.array(z.number()),
  widths: z.array(z.number()),
  heights: z.array(z.number()),
  forbidden_mask_url: z.string(),
  detections: z.array(detection),
});
