import type { Box } from '../../imaging/geometry.js';
import type { ReadPicture } from '../../imaging/picture.js';

export interface DetectedObject {
  label: string;
  /** 0..1 */
  confidence: number;
  /** Pixels of the picture. */
  box: Box;
  /** Share of the picture that the object covers, 0..1. */
  areaShare: number;
}

export interface DetectionResult {
  /** Pixels. */
  width: number;
  height: number;
  objects: DetectedObject[];
  /** Where no text may go: PNG, one channel, the picture's size, 255 = forbidden; all zero when nothing was found. */
  maskPng: Buffer;
}

/** Finds what must not be covered. */
export interface DetectionEngine {
  readonly provider: string;
  readonly model: string;
  detect(picture: ReadPicture): Promise<DetectionResult>;
}
