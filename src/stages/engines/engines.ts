import type { EngineChoice } from '../../config/engine-names.js';
import { createSlots } from '../../imaging/slots.js';
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

export interface EngineSettings {
  ocrWorkers: number;
}

/** How each configured name becomes an engine. A new engine is its name in `engine-names.ts` and one line here. */
const FACTORIES: {
  vision: Record<EngineChoice['vision'], (settings: EngineSettings) => VisionLanguageEngine>;
  detection: Record<EngineChoice['detection'], (settings: EngineSettings) => DetectionEngine>;
  language: Record<EngineChoice['language'], (settings: EngineSettings) => LanguageEngine>;
  ocr: Record<EngineChoice['ocr'], (settings: EngineSettings) => OcrEngine>;
} = {
  vision: { embedded: createLocalVision },
  detection: { embedded: createLocalDetection },
  language: { embedded: createLocalLanguage },
  ocr: { embedded: ({ ocrWorkers }) => createLocalOcr({ workers: ocrWorkers }) },
};

const EMBEDDED: EngineChoice = { vision: 'embedded', detection: 'embedded', language: 'embedded', ocr: 'embedded' };

/** The chosen engine for every capability; the embedded ones are real algorithms without weights and network. */
export const createEngines = (settings: EngineSettings, choice: EngineChoice = EMBEDDED): Engines => {
  const pictures = createSlots(PICTURES_AT_ONCE);
  const ocr = FACTORIES.ocr[choice.ocr](settings);
  return {
    vision: FACTORIES.vision[choice.vision](settings),
    detection: FACTORIES.detection[choice.detection](settings),
    language: FACTORIES.language[choice.language](settings),
    ocr,
    onPicture: (work) => pictures.run(work),
    close: () => ocr.close(),
  };
};
