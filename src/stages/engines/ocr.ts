import type { Passage } from '../../imaging/ocr/passage.js';
import type { Effort, ReadText } from '../../imaging/ocr/reader.js';
import type { Raster } from '../../imaging/picture.js';

export type { Effort, Passage, ReadText };

/** Reads what is written in parts of a picture; it is never told what should be there. */
export interface OcrEngine {
  readonly provider: string;
  readonly model: string;
  /** A text for every passage, in their order. */
  read(picture: Raster, passages: Passage[], effort: Effort): Promise<ReadText[]>;
  /** Starts what the first read would have to wait for; what fails is tried again by that read. */
  warm(): Promise<void>;
  close(): Promise<void>;
}
