import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { FontFace } from '../../../src/imaging/fonts.js';
import { readPicture } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import type { Overlay } from '../../../src/stages/common/overlays.js';
import { createLocalOcr } from '../../../src/stages/engines/local-ocr.js';
import type { OcrEngine } from '../../../src/stages/engines/ocr.js';
import { drawnPassages } from '../../../src/stages/ocr-eval/drawn-passages.js';
import { type FairReading, readFairly } from '../../../src/stages/ocr-eval/read-fairly.js';
import { withoutUnanswerable } from '../../../src/stages/ocr-eval/unanswerable-signs.js';
import { drawHeadline } from '../../support/draw-headline.js';
import { plain } from '../imaging/pictures.js';

const REGION = { x: 0.1, y: 0.06, width: 0.8, height: 0.2 };

let ocr: OcrEngine;
beforeAll(async () => {
  ocr = createLocalOcr({ workers: 1 });
  await ocr.warm();
}, 30_000);
afterAll(() => ocr.close());

const overlayOf = (drawn: { lines: string[]; textBox: Overlay['textBox']; fontName: string }): Overlay => ({
  id: 'overlay',
  text: drawn.lines.join(' '),
  textColour: null,
  overlayColour: null,
  fontSize: null,
  renderUrl: null,
  backgroundUrl: null,
  region: REGION,
  elements: [],
  leftOut: [],
  sublines: [],
  ...drawn,
});

const draw = async (text: string, face: FontFace = 'ExtraBold', colour = '1a120b') => {
  const picture = await plain('#f3e7d3');
  return drawHeadline({ text, picture, region: REGION, face, preferredColour: colour });
};

const readBack = async (png: Buffer, overlay: Overlay): Promise<FairReading> => {
  const [reading] = await readFairly(ocr, await readPicture(png, 2200), drawnPassages(overlay, 0));
  return reading as FairReading;
};

test.each(['불맛 제육볶음', '₩12,000', 'BBQ 치킨', 'BEST 메뉴', 'D-3', '사랑♥ 김치찌개', '8,900원 → 7,900원'])(
  '%s on plain cream is read in full',
  async (text) => {
    const drawn = await draw(text);
    const reading = await readBack(drawn.png, overlayOf(drawn));
    expect(reading.scores.characterMatchRate, JSON.stringify(reading)).toBeGreaterThanOrEqual(0.95);
  },
);

const given = join(import.meta.dirname, '../../../../shared/inputs');
const GIVEN = [
  ['headline-emoji-left-out.png', '불맛 제육볶음', 1],
  ['headline-won.png', '₩12,000', 0.95],
  ['headline-bbq.png', 'BBQ 치킨', 1],
] as const;
test.each(GIVEN.filter(([file]) => existsSync(join(given, file))))('%s is read as %s', async (file, text, least) => {
  const overlay = overlayOf({ lines: [text], textBox: null, fontName: 'Pretendard ExtraBold' });
  const { scores } = await readBack(readFileSync(join(given, file)), { ...overlay, region: null });
  expect(scores.characterMatchRate).toBeGreaterThanOrEqual(least);
});

describe('what nobody can read', () => {
  it.each(['Serif', 'ExtraBold', 'Black'] as const)(
    '%s out of focus or nearly of its ground’s colour',
    async (face) => {
      for (const text of ['얼큰 짬뽕 한 그릇', 'BBQ 치킨 12,000원']) {
        const drawn = await draw(text, face);
        const blurred = await sharp(drawn.png)
          .removeAlpha()
          .blur(drawn.fontSize / 2)
          .png()
          .toBuffer();
        expect((await readBack(blurred, overlayOf(drawn))).scores.characterMatchRate).toBeLessThanOrEqual(0.3);
        const pale = await fade(drawn.png, 0.04);
        expect((await readBack(pale, overlayOf(drawn))).scores.characterMatchRate).toBeLessThanOrEqual(0.3);
      }
    },
  );

  it('another text is not taken for the one that was drawn, in whatever face', async () => {
    for (const face of ['ExtraBold', 'Serif', 'Print'] as const) {
      const other = await draw('바삭한 감자튀김', face);
      const { scores } = await readBack(other.png, overlayOf({ ...other, lines: ['얼큰한 짬뽕국물'] }));
      expect(scores.characterMatchRate).toBeLessThan(0.5);
    }
  });
});

/** The picture with its text nearly in the colour of the ground. */
async function fade(png: Buffer, share: number): Promise<Buffer> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const ground = [data[0], data[1], data[2]] as [number, number, number];
  const faded = data.map((value, i) => (ground[i % 3] as number) + share * (value - (ground[i % 3] as number)));
  return sharp(faded, { raw: { width: info.width, height: info.height, channels: 3 } })
    .png()
    .toBuffer();
}

test('what the reader fails at is judged by its strokes', async () => {
  const drawn = await draw('꿻뷁 쀍훑', 'Serif');
  const reading = await readBack(drawn.png, overlayOf(drawn));
  expect(reading).toMatchObject({ decidedBy: 'strokes', drawn: '꿻뷁 쀍훑' });
  expect(reading.scores.characterMatchRate).toBe(1);
  const blurred = await sharp(drawn.png)
    .removeAlpha()
    .blur(drawn.fontSize / 2)
    .png()
    .toBuffer();
  expect((await readBack(blurred, overlayOf(drawn))).scores.characterMatchRate).toBe(0);
});

describe('signs that no model answers', () => {
  it.each([
    ['₩12,000', '\\12,000', '12,000', '12,000'],
    ['₩12,000', 'W12,000', '12,000', '12,000'],
    ['㈜한식당', '(주)한식당', '한식당', '한식당'],
    ['별 다섯 ★', '별 다섯 *', '별 다섯', '별 다섯'],
    ['8,900원 → 7,900원', '8,900원 > 7,900원', '8,900원 7,900원', '8,900원 7,900원'],
    ['“집밥” – 11:00~14:00', '"집밥" - 11:00~14:00', '"집밥" - 11:00~14:00', '"집밥" - 11:00~14:00'],
  ])('%s read as %s', (drawn, read, wanted, answered) => {
    expect(withoutUnanswerable(drawn, read)).toEqual({ drawn: wanted, read: answered });
  });

  it('what was read wrongly elsewhere stays wrong', () => {
    expect(withoutUnanswerable('₩12,000 국밥', '\\12,000 떡밥')).toEqual({ drawn: '12,000 국밥', read: '12,000 떡밥' });
    expect(withoutUnanswerable('★', '아무 말이나 길게')).toEqual({ drawn: '', read: expect.stringContaining('길게') });
  });
});
