import { createOcrReader, type OcrReader } from '../../imaging/ocr/reader.js';
import { createSlots } from '../../imaging/slots.js';
import type { OcrEngine } from './ocr.js';

/** tesseract.js with its packaged Korean and English data. Its workers are kept warm. */
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
    read: (picture, passages, effort) => slots.run(async () => (await reader()).read(picture, passages, effort)),
    async warm() {
      await reader();
    },
    async close() {
      if (!starting) return;
      await starting.then((opened) => opened.close()).catch(() => {});
    },
  };
};
