import { describe, expect, it } from 'vitest';
import { assertGlyphs, missingGlyphs } from '../../../src/imaging/fonts.js';
import { drawHeadline } from '../../../src/imaging/headline.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { treatmentFor, TREATMENTS, withoutEmoji } from '../../../src/imaging/treatments.js';
import { drawBars, plain } from './pictures.js';

const region = { x: 0.1, y: 0.05, width: 0.8, height: 0.2 };
const foot = { x: 0.15, y: 0.93, width: 0.7, height: 0.04 };

describe('typographic treatments', () => {
  it('follow the tone of the shop, and give way where a face lacks a glyph or the copy is long', () => {
    expect(treatmentFor('Emotion / Comfort', '엄마 손맛').name).toBe('warm');
    expect(treatmentFor('Retro / Vintage / Storytelling', '엄마 손맛').name).toBe('old');
    expect(treatmentFor('UGC / Social Proof', '엄마 손맛').name).toBe('loud');
    expect(treatmentFor('Hero Dish Focus', '엄마 손맛').name).toBe('plain');
    expect(treatmentFor(null, '엄마 손맛').name).toBe('plain');
    expect(treatmentFor('Gowun Batang', '엄마 손맛').name).toBe('warm');
    const rare = 'ĀĂƏʼ';
    expect(missingGlyphs(rare, 'Print')).not.toEqual([]);
    expect(missingGlyphs(rare, 'ExtraBold')).toEqual([]);
    expect(treatmentFor('Retro / Vintage / Storytelling', `엄마 ${rare}`).name).toBe('plain');
    expect(treatmentFor('Retro / Vintage / Storytelling', '꽉 찬 속재료, 씹을수록 맛있는 꼬막비빔밥').name).toBe(
      'plain',
    );
  });

  it('draw the same words in clearly different letters, prices and Latin included', async () => {
    const picture = await plain('#f3ead8');
    const inks: Buffer[] = [];
    for (const treatment of Object.values(TREATMENTS)) {
      assertGlyphs('왕돈까스 9,900원 Best 20%', treatment.face);
      const drawn = await drawHeadline({ text: '왕돈까스 9,900원 Best', picture, region, treatment });
      expect(drawn.contrastRatio).toBeGreaterThanOrEqual(4.5);
      inks.push(await sharp(drawn.png).greyscale().raw().toBuffer());
    }
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 3],
    ] as const) {
      const differing = inks[a]!.filter((value, i) => Math.abs(value - inks[b]![i]!) > 60).length;
      expect(differing).toBeGreaterThan(3000);
    }
  });

  it('leave emoji out and say which, and nothing else', () => {
    expect(withoutEmoji('따끈한 국밥 🍜🔥 한 그릇!')).toEqual({ text: '따끈한 국밥 한 그릇!', omitted: ['🍜', '🔥'] });
    expect(withoutEmoji('단골 ♥ 100% ☆ 1+1')).toMatchObject({ text: expect.stringContaining('100%') });
    expect(withoutEmoji('왕돈까스 9,900원 (20% 할인)')).toEqual({ text: '왕돈까스 9,900원 (20% 할인)', omitted: [] });
  });
});

describe('the signature', () => {
  it('names the shop in small legible type at its own place and changes nothing of the headline', async () => {
    for (const picture of [await plain('#f3ead8'), await plain('#1c1612'), await drawBars()]) {
      const request = { text: '엄마 손맛 그대로', picture, region };
      const bare = await drawHeadline(request);
      const signed = await drawHeadline({ ...request, signature: { text: '한솥밥상 합정점', region: foot } });
      const { signature, png: _png, ...headline } = signed;
      const { signature: none, png: _bare, ...expected } = bare;
      expect(none).toBeNull();
      expect(headline).toEqual(expected);
      expect(signature).toMatchObject({ text: '한솥밥상 합정점', font_name: 'Pretendard SemiBold' });
      expect(signature!.font_size).toBeLessThan(headline.fontSize * 0.5);
      expect(signature!.contrast_ratio).toBeGreaterThanOrEqual(4.5);
      expect(signature!.box.y).toBeGreaterThan(foot.y - 0.001);
      expect(signature!.box.y + signature!.box.height).toBeLessThan(foot.y + foot.height + 0.001);
      const upper = (png: Buffer) => sharp(png).extract({ left: 0, top: 0, width: 1080, height: 900 }).raw().toBuffer();
      expect((await upper(signed.png)).equals(await upper(bare.png))).toBe(true);
    }
  });

  it('is left out where it cannot be set', async () => {
    const picture = await plain('#f3ead8');
    for (const text of ['가게 🍜', '아주 긴 이름의 가게 '.repeat(12).trim()]) {
      expect(
        (await drawHeadline({ text: '엄마 손맛', picture, region, signature: { text, region: foot } })).signature,
      ).toBeNull();
    }
  });
});
