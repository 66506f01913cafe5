import { findDetections } from '../common/detections.js';
import { insertEvaluation } from '../common/evaluations.js';
import { findOverlay } from '../common/overlays.js';
import { findImageAsset } from '../common/pictures.js';
import { notFound } from '../common/refusal.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { IouEvalBody } from './iou-eval.schema.js';
import { measureIou } from './iou-metrics.js';

/** Measures how far the text's region lies over what was detected. */
export const createIouEval = ({ pool }: StageContext): VariantStageDefinition<IouEvalBody> => ({
  stage: 'iou_eval',
  async perform(call, body) {
    const { unit } = call;
    const elapsed = startStopwatch();
    const { id: overlayId, region } = await findOverlay(pool, unit, body.overlay_id);
    if (!region) throw notFound('Overlay ratios not found: x_ratio, y_ratio, width_ratio and height_ratio are needed');
    const image = await findImageAsset(pool, unit.imageId);
    if (!image.width || !image.height)
      throw notFound('Image size not found: width and height of the image asset are needed');
    const { detections } = await findDetections(pool, unit, image.id);
    const size = { width: image.width, height: image.height };
    const found = measureIou(region, detections, size);
    const metrics =
      detections.length === 0
        ? found
        : {
            ...found,
            text_region: [region.x, region.y, region.width, region.height],
            image_width: size.width,
            image_height: size.height,
            latency_ms: elapsed(),
          };
    const evaluationId = call.idFor('evaluation');
    return {
      answer: {
        job_id: unit.jobId,
        evaluation_id: evaluationId,
        overlay_id: overlayId,
        iou_with_food: found.iou_with_food,
        max_iou_detection_id: found.max_iou_detection_id,
        overlap_detected: found.overlap_detected,
      },
      result: { evaluation_id: evaluationId },
      write: (client) => insertEvaluation(client, call, 'iou', overlayId, metrics),
    };
  },
});
