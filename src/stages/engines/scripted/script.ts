import type { DetectionEngine } from '../detection.js';
import type { LanguageEngine } from '../language.js';
import type { OcrEngine } from '../ocr.js';
import type { VisionLanguageEngine } from '../vision-language.js';

/** Everything the stages ask of engines, by capability and method. */
export interface Operations {
  'vision.analyze': VisionLanguageEngine['analyze'];
  'vision.judge': VisionLanguageEngine['judge'];
  'detection.detect': DetectionEngine['detect'];
  'language.adCopy': LanguageEngine['adCopy'];
  'language.translateToKorean': LanguageEngine['translateToKorean'];
  'language.instagramFeed': LanguageEngine['instagramFeed'];
  'ocr.read': OcrEngine['read'];
}
export type Operation = keyof Operations;
export type AnswerOf<O extends Operation> = Awaited<ReturnType<Operations[O]>>;

/** What one operation does instead of simply working. Counts go down as they are used up. */
export interface Lines<O extends Operation> {
  /** Each call takes so long before anything else happens. */
  delayMs?: number;
  /** So many calls wait until `release()`; `Infinity` for all of them. */
  hang?: number;
  /** So many calls end as if the engine had been there and delivered nothing usable. */
  fail?: number;
  /** So many calls end as if the engine's process had ended in the middle. */
  die?: number;
  /** So many calls end in an error that no engine announces. */
  break?: number;
  /** Replaces the answer, or changes the real one; without it the wrapped engine answers. */
  answer?: (
    real: () => Promise<AnswerOf<O>>,
    ...request: Parameters<Operations[O]>
  ) => AnswerOf<O> | Promise<AnswerOf<O>>;
  /** Runs when the answer is ready, before it is given. */
  beforeAnswer?: () => Promise<void>;
}

/** A plain object that tests fill in, and may change between calls. What it does not name works as ever. */
export type Script = { [O in Operation]?: Lines<O> };
