import { createSlots } from '../common/slots.js';
import type { DetectionEngine } from './detection.js';
import type { LanguageEngine } from './language.js';
import { createLocalDetection } from './local-detection.js';
import { createLocalLanguage } from './local-language.js';
import { createLocalOcr } from './local-ocr.js';
import { createLocalVision } from './local-vision.js';
import type { OcrEngine } from './ocr.js';
import type { VisionLanguageEngine } from './vision-language.js';

/** Everything the stages delegate: one engine per capability. */
export interface Engines {
  vision: VisionLanguageEngine;
  detection: DetectionEngine;
  language: LanguageEngine;
  ocr: OcrEngine;
  /** Bounds work on pictures in this process, whichever engine or stage does it. */
  onPicture<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Two cores' worth of picture work; more would only make every picture slower and the memory larger. */
const PICTURES_AT_ONCE = 2;

/** The embedded engines: real algorithms that need no weights and no network. */
export const createLocalEngines = (settings: { ocrWorkers: number }): Engines => {
  const pictures = createSlots(PICTURES_AT_ONCE);
  const ocr = createLocalOcr({ workers: settings.ocrWorkers });
  return {
    vision: createLocalVision(),
    detection: createLocalDetection(),
    language: createLocalLanguage(),
    ocr,
    onPicture: (work) => pictures.run(work),
    close: () => ocr.close(),
  };
};
