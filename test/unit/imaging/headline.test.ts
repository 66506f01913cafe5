import { describe, expect, it } from 'vitest';
import { parseHexColour } from '../../../src/imaging/colour.js';
import { contrastRatio } from '../../../src/imaging/contrast.js';
import { assertGlyphs, MissingGlyphError } from '../../../src/imaging/fonts.js';
import { drawHeadline, HeadlineDoesNotFitError } from '../../../src/imaging/headline.js';
import { bestLines } from '../../../src/imaging/line-splitting.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawBars, plain } from './pictures.js';

const region = { x: 0.1, y: 0.05, width: 0.8, height: 0.18 };

describe('line splitting', () => {
  const perLetter = (text: string): number => [...text].length;
  const limits = { width: 400, height: 110, maxFontSize: 96, lineHeight: 1.2 };

  it('breaks between words only and leaves no word alone', () => {
    const text = '오늘 점심은 뜨끈한 국밥 한 그릇';
    const { lines, fontSize } = bestLines(text, perLetter, limits);
    expect(lines.join(' ')).toBe(text);
    expect(lines).toEqual(['오늘 점심은 뜨끈한', '국밥 한 그릇']);
    expect(fontSize).toBe(40);
  });

  it('keeps one line when that is as large as can be', () => {
    expect(bestLines('국밥', perLetter, limits)).toEqual({ lines: ['국밥'], fontSize: 110 / 1.2 });
  });
});

describe('drawHeadline', () => {
  it('draws Korean text inside the region without splitting a word', async () => {
    const text = '신선함을 담은 건강한 샐러드 한 접시를 만나보세요';
    const drawn = await drawHeadline({ text, picture: await plain('#f3ead8'), region });
    expect(drawn.lines.length).toBeGreaterThan(1);
    expect(drawn.lines.flatMap((line) => line.split(' '))).toEqual(text.split(' '));
    expect(drawn.textBox.x).toBeGreaterThan(region.x);
    expect(drawn.textBox.x + drawn.textBox.width).toBeLessThan(region.x + region.width);
    expect(drawn.textBox.y).toBeGreaterThan(region.y);
    expect(drawn.textBox.y + drawn.textBox.height).toBeLessThan(region.y + region.height);
    expect(drawn.fontSize).toBeGreaterThan(50);
    expect(drawn.scrim).toBeNull();
    expect(drawn.fontPath).toMatch(/^pretendard\/.*Pretendard-ExtraBold\.ttf$/);
    expect(await sharp(drawn.png).metadata()).toMatchObject({ format: 'png', width: 1080, height: 1080, channels: 4 });
    // The ink is really there: dark pixels on the light ground, and only inside the box.
    const dark = await sharp(drawn.png)
      .removeAlpha()
      .greyscale()
      .threshold(90)
      .negate()
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    const inked = dark.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    expect(inked).toBeGreaterThan(8_000);
  });

  it('sets what follows a line break as a sub-line, clearly smaller and under the headline', async () => {
    const picture = await plain('#f3ead8');
    const alone = await drawHeadline({ text: '겨울 굴국밥', picture, region });
    const both = await drawHeadline({ text: '겨울 굴국밥\r\n통영에서 온 굴을 듬뿍', picture, region });
    expect(both.lines).toEqual(['겨울 굴국밥']);
    expect(both.subline?.lines).toEqual(['통영에서 온 굴을 듬뿍']);
    expect(both.subline?.fontSize).toBeLessThan(both.fontSize / 2);
    expect(both.textBox.height).toBeGreaterThan(alone.textBox.height * (both.fontSize / alone.fontSize) * 1.2);
    expect(both.textBox.y + both.textBox.height).toBeLessThan(region.y + region.height);
  });

  it('lets a sub-line join the headline where it would be too small to read', async () => {
    const text = '겨울 굴국밥\n통영에서 온 굴을 듬뿍 넣고 하루를 꼬박 끓여 낸 시원한 국물';
    const drawn = await drawHeadline({
      text,
      picture: await plain('#f3ead8'),
      region: { x: 0.05, y: 0.05, width: 0.3, height: 0.12 },
    });
    expect(drawn.subline).toBeNull();
    expect(drawn.lines.join(' ')).toBe(text.replace('\n', ' '));
  });

  it('leaves the spare height where it is asked to, and none of the ink behind', async () => {
    const tall = { x: 0.1, y: 0.1, width: 0.8, height: 0.4 };
    const draw = async (spareAbove: number) =>
      drawHeadline({ text: '엄마 손맛', picture: await plain('#f3ead8'), region: tall, spareAbove });
    const [above, middle, below] = [await draw(0.75), await draw(0.5), await draw(0.25)];
    const spare = tall.height - middle.textBox.height;
    expect(middle.textBox.y).toBeCloseTo(tall.y + spare * 0.5, 2);
    expect(above.textBox.y).toBeCloseTo(tall.y + spare * 0.75, 2);
    expect(below.textBox.y).toBeCloseTo(tall.y + spare * 0.25, 2);
    // Recorded and drawn are the same: the ink is found in the picture where the box says.
    for (const { png, textBox } of [above, below]) {
      const { info } = await sharp(await sharp(png).removeAlpha().threshold(100).png().toBuffer())
        .trim({ background: '#ffffff' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(Math.abs(-(info.trimOffsetTop ?? 0) - textBox.y * 1080)).toBeLessThanOrEqual(2);
      expect(Math.abs(info.height - textBox.height * 1080)).toBeLessThanOrEqual(4);
    }
  });

  it('mends the contrast on a background where no colour is legible', async () => {
    const drawn = await drawHeadline({ text: '엄마 손맛 그대로', picture: await drawBars(), region });
    expect(drawn.scrim!.opacity).toBeGreaterThan(0.2);
    expect(drawn.contrastRatio).toBeGreaterThanOrEqual(4.5);
    // Measured once more from outside: just left of the first glyph there is scrim only, no ink.
    const { data } = await sharp(drawn.png)
      .removeAlpha()
      .extract({
        left: Math.round(drawn.textBox.x * 1080) - 4,
        top: Math.round((drawn.textBox.y + drawn.textBox.height / 2) * 1080),
        width: 1,
        height: 1,
      })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const ground = { r: data[0]!, g: data[1]!, b: data[2]! };
    expect(contrastRatio(parseHexColour(drawn.textColour)!, ground)).toBeGreaterThan(4);
  });

  it('takes the wished colour only where it can be read', async () => {
    const request = { text: '국밥 한 그릇', region, preferredColour: 'ffd400ff' };
    expect((await drawHeadline({ ...request, picture: await plain('#20140c') })).textColour).toBe('ffd400ff');
    expect((await drawHeadline({ ...request, picture: await plain('#fff4d0') })).textColour).toBe('1a120cff');
    const filled = await drawHeadline({ ...request, picture: await plain('#fff4d0'), backgroundColour: '000000' });
    expect(filled.textColour).toBe('ffd400ff');
  });

  it('works in a region at the very edge and at any picture size', async () => {
    const drawn = await drawHeadline({
      text: '국밥',
      picture: await sharp(await drawBars())
        .resize(500, 300, { fit: 'fill' })
        .png()
        .toBuffer(),
      region: { x: 0, y: 0.8, width: 1, height: 0.2 },
    });
    expect([drawn.width, drawn.height]).toEqual([500, 300]);
    expect(drawn.contrastRatio).toBeGreaterThanOrEqual(4.5);
  });

  it('names characters the font cannot draw, and refuses empty and endless texts', async () => {
    const picture = await plain('#333333', 400, 400);
    const refusal = await drawHeadline({ text: '국밥 \u{1F35C}', picture, region }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MissingGlyphError);
    expect((refusal as Error).message).toContain('\u{1F35C}');
    expect((refusal as Error).message).toContain('U+1F35C');
    expect(() => assertGlyphs('오늘의 국밥, 단 9,900원! (20% 할인)')).not.toThrow();
    await expect(drawHeadline({ text: '   ', picture, region })).rejects.toThrow(HeadlineDoesNotFitError);
    await expect(drawHeadline({ text: '아주 긴 글 '.repeat(80), picture, region })).rejects.toThrow(/Shorten the text/);
  });
});
