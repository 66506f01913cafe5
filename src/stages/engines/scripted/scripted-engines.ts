import { setTimeout as delay } from 'node:timers/promises';
import { createSlots } from '../../../imaging/slots.js';
import { EngineAwayError, EngineFailedError } from '../engine-errors.js';
import type { Engines } from '../engines.js';
import { Ledger } from './ledger.js';
import type { AnswerOf, Lines, Operation, Operations, Script } from './script.js';

export interface ScriptedEngines extends Engines {
  readonly ledger: Ledger;
  /** Lets go every call that hangs now. */
  release(): void;
}

/**
 * Engines for tests, behind the interfaces of the real ones: each call follows the script and is written into the
 * ledger, then the wrapped engine answers, unless the script answers in its place. No configuration selects them.
 *
 * @param real asked for every answer the script does not give; closing the scripted engines closes it.
 * @param options.picturesAtOnce width of the slot for picture work; the real engines' own when left out.
 */
export function scriptEngines(
  real: Engines,
  script: Script,
  options: { picturesAtOnce?: number } = {},
): ScriptedEngines {
  const ledger = new Ledger();
  let hanging: (() => void)[] = [];
  const release = (): void => {
    const released = hanging;
    hanging = [];
    for (const letGo of released) letGo();
  };
  const hang = (): Promise<void> => new Promise((resolve) => hanging.push(resolve));

  const play =
    <O extends Operation>(operation: O, ask: Operations[O]) =>
    async (...request: Parameters<Operations[O]>): Promise<AnswerOf<O>> => {
      const leave = ledger.enter(operation);
      try {
        // Looked up at each call: tests change the script between calls.
        const lines = (script[operation] ?? {}) as Lines<O>;
        // Hangs from the start: whoever waited for the call to start can release it at once.
        const released = takeOne(lines, 'hang') ? hang() : undefined;
        if (lines.delayMs) await delay(lines.delayMs);
        await released;
        if (takeOne(lines, 'die')) throw new EngineAwayError('The engine process has ended', 1);
        if (takeOne(lines, 'fail')) throw new EngineFailedError('The engine gave no usable answer');
        if (takeOne(lines, 'break')) throw new Error('the engine broke at /secret/place');
        const askReal = (): Promise<AnswerOf<O>> =>
          (ask as (...args: Parameters<Operations[O]>) => Promise<AnswerOf<O>>)(...request);
        const answer = lines.answer ? await lines.answer(askReal, ...request) : await askReal();
        await lines.beforeAnswer?.();
        return answer;
      } finally {
        leave();
      }
    };

  const { vision, detection, language, ocr } = real;
  const pictures = options.picturesAtOnce === undefined ? undefined : createSlots(options.picturesAtOnce);
  return {
    ledger,
    release,
    vision: {
      ...vision,
      analyze: play('vision.analyze', vision.analyze.bind(vision)),
      judge: play('vision.judge', vision.judge.bind(vision)),
    },
    detection: { ...detection, detect: play('detection.detect', detection.detect.bind(detection)) },
    language: {
      ...language,
      adCopy: play('language.adCopy', language.adCopy.bind(language)),
      translateToKorean: play('language.translateToKorean', language.translateToKorean.bind(language)),
      instagramFeed: play('language.instagramFeed', language.instagramFeed.bind(language)),
    },
    ocr: { ...ocr, read: play('ocr.read', ocr.read.bind(ocr)), close: () => ocr.close() },
    onPicture: (work) => (pictures ? pictures.run(work) : real.onPicture(work)),
    async close() {
      release();
      await real.close();
    },
  };
}

/** Takes one from a count of the script; true while there was something to take. */
const takeOne = (lines: { [K in 'hang' | 'die' | 'fail' | 'break']?: number }, name: keyof typeof lines): boolean => {
  const left = lines[name] ?? 0;
  if (left <= 0) return false;
  lines[name] = left - 1;
  return true;
};
