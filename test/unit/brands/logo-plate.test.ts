import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { plateBehindLogo } from '../../../src/brands/logo-plate.js';

const drawn = (svg: string): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120">${svg}</svg>`))
    .png()
    .toBuffer();
const bar = (colour: string) => `<rect x="20" y="30" width="200" height="60" fill="${colour}"/>`;
/** A round badge with a smaller bar as its letters. */
const badge = (colour: string, letters: string) =>
  `<circle cx="120" cy="60" r="55" fill="${colour}"/><rect x="95" y="50" width="50" height="20" fill="${letters}"/>`;

const NIGHT = { dark: 0.005, bright: 0.02 };
const PAPER = { dark: 0.85, bright: 0.95 };
/** Tiles, steam and shadows. */
const BUSY = { dark: 0.02, bright: 0.7 };

describe('a logo', () => {
  it.each([
    ['black on paper', bar('#111'), PAPER, null],
    ['black in the night', bar('#111'), NIGHT, 'ffffff'],
    ['white in the night', bar('#fff'), NIGHT, null],
    ['white on paper', bar('#fff'), PAPER, '1a1a1a'],
    ['yellow on paper', bar('#ffe14d'), PAPER, '1a1a1a'],
    ['red on paper', bar('#d4380d'), PAPER, null],
    ['grey on a busy ground', bar('#777'), BUSY, 'ffffff'],
    ['navy with white letters on paper', badge('#1b3b6f', '#fff'), PAPER, null],
    ['navy with white letters in the night', badge('#12264a', '#fff'), NIGHT, 'ffffff'],
    ['white with dark letters on paper', badge('#fff', '#222'), PAPER, '1a1a1a'],
  ])('that is %s', async (_, svg, ground, plate) => {
    expect(await plateBehindLogo(await drawn(svg), ground)).toBe(plate);
  });
});
