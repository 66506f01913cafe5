import { maskToPng, segmentPixels } from '../../imaging/segmentation.js';
import type { DetectionEngine } from './detection.js';

/** Finds the dish by its colours against the table's; needs no weights. It cannot tell one dish from another. */
export const createLocalDetection = (): DetectionEngine => ({
  provider: 'local-vision',
  model: 'dish-segmentation',
  async detect(picture) {
    const segmentation = await segmentPixels(picture);
    return {
      width: segmentation.width,
      height: segmentation.height,
      objects: segmentation.segments.map(({ box, confidence, areaShare }) => ({
        label: 'dish',
        confidence,
        box,
        areaShare,
      })),
      maskPng: await maskToPng(segmentation),
    };
  },
});
