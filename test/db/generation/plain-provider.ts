import sharp from 'sharp';
import type { ImageProvider } from '../../../src/generation/provider.js';

/** The smallest picture that is accepted: two colours, for one alone shows nothing. */
export const PLAIN = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'white' } })
  .composite([{ input: { create: { width: 16, height: 16, channels: 3, background: 'black' } }, left: 8, top: 8 }])
  .png()
  .toBuffer();

const ENGINE = { name: 'plain', version: '1' };
/** Makes plain pictures at once, for tests of the rows around them. */
export const plainProvider: ImageProvider = {
  prepare: async () => ({
    upright: PLAIN,
    cutout: PLAIN,
    width: 32,
    height: 32,
    dish: { x: 0, y: 0, width: 1, height: 1 },
    dishConfidence: 1,
    confidence: 1,
    reason: 'plain',
    subject: {
      decoration_main: 'spoon',
      decoration_sub: 'leaf',
      bg_main_color: 'white',
      bg_floor_color: 'white',
      best_season: 'all_year',
    },
    engine: ENGINE,
  }),
  generate: async () => ({
    png: PLAIN,
    width: 32,
    height: 32,
    canvas: PLAIN,
    mask: PLAIN,
    design: 'plain',
    prompt: 'nothing at all',
    placement: { x: 0.5, y: 0.5, size: 1 },
    engine: ENGINE,
    provenance: {},
    milliseconds: 1,
  }),
};
