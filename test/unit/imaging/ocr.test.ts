import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawHeadline } from '../../support/draw-headline.js';
import { createOcrReader, type OcrReader, type ReadText } from '../../../src/imaging/ocr/reader.js';
import { readPicture } from '../../../src/imaging/picture.js';
import { plain } from './pictures.js';

const region = { x: 0.1, y: 0.05, width: 0.8, height: 0.18 };
const read = async (reader: OcrReader, png: Buffer, box = region) => {
  const [text] = await reader.read(await readPicture(png, 2200), [{ box, lines: null, letters: 'any' }], 'thorough');
  return text as ReadText;
};
const letters = (text: string): string => text.replace(/\s/gu, '');

describe('OCR', () => {
  let reader: OcrReader;
  beforeAll(async () => {
    reader = await createOcrReader({ workers: 1 });
  }, 20_000);
  afterAll(() => reader.close());

  it('reads back what was drawn, light on dark and dark on light', async () => {
    for (const [text, ground] of [
      ['오늘 점심은 뜨끈한 국밥 한 그릇', '#241a14'],
      ['엄마 손맛 그대로', '#f3ead8'],
    ] as const) {
      const drawn = await drawHeadline({ text, picture: await plain(ground), region });
      const found = await read(reader, drawn.png);
      expect(letters(found.text)).toBe(letters(text));
      expect(found.lines.length).toBe(drawn.lines.length);
      expect(found.confidence).toBeGreaterThan(0.8);
    }
  });

  it('reads another text as that other text', async () => {
    const drawn = await drawHeadline({ text: '퇴근길에 생각나는 그 맛', picture: await plain('#2c4a3a'), region });
    expect(letters((await read(reader, drawn.png)).text)).toBe('퇴근길에생각나는그맛');
  });

  it('reads syllables that the line model does not know', async () => {
    for (const text of ['짬뽕 한 그릇에', '쫄깃한 쌀떡에 매콤달콤']) {
      const drawn = await drawHeadline({ text, picture: await plain('#241a14'), region });
      expect(letters((await read(reader, drawn.png)).text)).toBe(letters(text));
    }
  });

  it('reads Latin letters and numbers', async () => {
    const drawn = await drawHeadline({ text: 'FRESH Salad 20% 할인', picture: await plain('#f3ead8'), region });
    expect(letters((await read(reader, drawn.png)).text)).toBe('FRESHSalad20%할인');
  });

  it('reads nothing where nothing is written', async () => {
    expect(await read(reader, await plain('#a06030'))).toEqual({ text: '', confidence: 0, lines: [] });
    const drawn = await drawHeadline({ text: '엄마 손맛 그대로', picture: await plain('#f3ead8'), region });
    expect((await read(reader, drawn.png, { x: 0.1, y: 0.6, width: 0.8, height: 0.18 })).text).toBe('');
  });
});
