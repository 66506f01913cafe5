import { createOcrReader, type OcrReader } from '../../imaging/ocr.js';
import { createSlots } from '../../imaging/slots.js';
import type { OcrEngine } from './ocr.js';

/** tesseract.js with its packaged Korean and English data. The workers are started at the first read and kept warm. */
export const createLocalOcr = (settings: { workers: number }): OcrEngine => {
  const slots = createSlots(settings.workers);
  let starting: Promise<OcrReader> | undefined;
  const reader = (): Promise<OcrReader> => {
    starting ??= createOcrReader(settings).catch((error: unknown) => {
      // The next call tries again instead of meeting this failure for ever.
      starting = undefined;
      throw error;
    });
    return starting;
  };
  return {
    provider: 'local-ocr',
    model: 'tesseract kor+eng',
    read: (picture, region) => slots.run(async () => (await reader()).readLines(picture, region)),
    async close() {
      if (!starting) return;
      await starting.then((opened) => opened.close()).catch(() => {});
    },
  };
};
