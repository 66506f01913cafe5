import { type Box, intersectionOverUnion } from '../../imaging/geometry.js';

export interface IouMetrics {
  iou_with_food: number;
  max_iou_detection_id: string | null;
  overlap_detected: boolean;
  all_ious: number[];
  detection_count: number;
}

export interface DetectedBox {
  id: string;
  /** x1, y1, x2, y2 in pixels. */
  corners: [number, number, number, number];
}

/** Overlap of the text's region (ratios) with each detected box; of equals the first counts as the largest. */
export function measureIou(
  region: Box,
  detections: DetectedBox[],
  size: { width: number; height: number },
): IouMetrics {
  const ious = detections.map(({ corners: [x1, y1, x2, y2] }) =>
    intersectionOverUnion(region, {
      x: x1 / size.width,
      y: y1 / size.height,
      width: (x2 - x1) / size.width,
      height: (y2 - y1) / size.height,
    }),
  );
  const largest = ious.length === 0 ? 0 : Math.max(...ious);
  return {
    iou_with_food: largest,
    max_iou_detection_id: largest > 0 ? (detections[ious.indexOf(largest)]?.id ?? null) : null,
    overlap_detected: largest > 0,
    all_ious: ious,
    detection_count: detections.length,
  };
}
