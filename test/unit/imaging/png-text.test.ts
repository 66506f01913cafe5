import { describe, expect, it } from 'vitest';
import { provenanceIn, withPngText } from '../../../src/imaging/png-text.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawPlate } from './pictures.js';

describe('texts in a PNG', () => {
  it('are read by others, plain or not, and leave the picture as it was', async () => {
    const plate = await drawPlate();
    const texts = { Software: 'local-composer 1', 'feedlyai:seed': 'a:1:50', Description: '따뜻한 국밥 — 한 그릇' };
    const told = withPngText(plate, texts);
    const { comments = [] } = await sharp(told, { failOn: 'warning' }).metadata();
    expect(Object.fromEntries(comments.map(({ keyword, text }) => [keyword, text]))).toEqual(texts);
    const pixels = (png: Buffer) => sharp(png, { failOn: 'warning' }).raw().toBuffer();
    expect((await pixels(told)).equals(await pixels(plate))).toBe(true);
    expect(withPngText(plate, texts).equals(told)).toBe(true);
  });

  it('cannot end early, and must have a keyword that PNG allows', async () => {
    const plate = await drawPlate();
    const { comments = [] } = await sharp(withPngText(plate, { Seed: 'one\0two' })).metadata();
    expect(comments).toEqual([{ keyword: 'Seed', text: 'onetwo' }]);
    for (const keyword of ['', ' Seed', 'Seed ', '씨앗', 'x'.repeat(80), 'a\0b']) {
      expect(() => withPngText(plate, { [keyword]: 'x' }), keyword).toThrow(TypeError);
    }
    expect(() => withPngText(Buffer.from('no picture'), {})).toThrow('these bytes are no PNG');
  });

  it('are carried on from pictures of our own, and from nobody else’s', async () => {
    const plate = await drawPlate();
    const ours = { 'feedlyai:engine': 'local-composer 2', 'feedlyai:seed': 'a:1:50' };
    expect(await provenanceIn(withPngText(plate, ours))).toEqual(ours);
    expect(await provenanceIn(withPngText(plate, { Author: 'somebody', Comment: 'not for the public' }))).toEqual({});
    expect(await provenanceIn(plate)).toEqual({});
  });
});
