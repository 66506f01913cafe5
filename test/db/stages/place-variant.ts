import { randomUUID } from 'node:crypto';
import { drawDish } from './pictures.js';
import type { ServiceStage, StageBench, Variant } from './stage-bench.js';

/** The state from which a caller without a claim may perform each stage, and whether an overlay is there by then. */
const BEFORE: Partial<Record<ServiceStage, { step: string; hasOverlay: boolean }>> = {
  planner: { step: 'yolo_detect', hasOverlay: false },
  overlay: { step: 'planner', hasOverlay: false },
  vlm_judge: { step: 'overlay', hasOverlay: true },
  ocr_eval: { step: 'vlm_judge', hasOverlay: true },
  readability_eval: { step: 'ocr_eval', hasOverlay: true },
  iou_eval: { step: 'readability_eval', hasOverlay: true },
};

export interface PlacedVariant extends Variant {
  /** What the overlay stage would have left; the ids of nothing where that comes later. */
  overlayId: string;
  renderId: string;
}

let dish: Promise<Buffer> | undefined;

/** A variant right before a stage, its rows written by hand instead of by the stages before: quick, and no engine is asked. */
export async function placeVariant(bench: StageBench, stage: ServiceStage): Promise<PlacedVariant> {
  dish ??= drawDish({ x: 0.5, y: 0.64, radius: 0.26 }, 240);
  const picture = await dish;
  const { step, hasOverlay } = BEFORE[stage] ?? { step: 'img_gen', hasOverlay: false };
  const variant = await bench.addVariant(picture);
  const placed: PlacedVariant = { ...variant, overlayId: randomUUID(), renderId: randomUUID() };
  if (hasOverlay) {
    const render = await bench.addPicture(picture, variant.jobId);
    placed.renderId = render.imageId;
    await bench.query(
      `insert into overlay_layouts (overlay_id, job_variants_id, layout, x_ratio, y_ratio, width_ratio, height_ratio)
       values ($1, $2, $3, 0.1, 0.05, 0.8, 0.2)`,
      [
        placed.overlayId,
        variant.variantId,
        JSON.stringify({ text: '한 끼', text_color: 'ffffffff', font_size: 40, render: { url: render.imageUrl } }),
      ],
    );
    await bench.query('update jobs_variants set overlaid_img_asset_id = $2 where job_variants_id = $1', [
      variant.variantId,
      render.imageId,
    ]);
  }
  await bench.moveVariant(variant.variantId, step, 'done');
  return placed;
}
