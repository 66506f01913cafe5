import type { Box } from '../../imaging/geometry.js';

export interface ReadText {
  /** Lines joined by single spaces; '' when nothing could be read. */
  text: string;
  /** 0..1 */
  confidence: number;
  lines: string[];
}

/** Reads what is written in a part of a picture; it is never told what should be there. */
export interface OcrEngine {
  readonly provider: string;
  readonly model: string;
  /** `region` in ratios of the picture. */
  read(picture: Buffer, region: Box): Promise<ReadText>;
  close(): Promise<void>;
}
