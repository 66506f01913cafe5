import { expect, it } from 'vitest';
import { readDishPhoto } from '../../../src/generation/dish-photo.js';
import type { PreparedPhoto } from '../../../src/generation/provider.js';
import { sharp } from '../../../src/imaging/sharp.js';

const prepared = async (): Promise<PreparedPhoto> => ({
  upright: await sharp({ create: { width: 80, height: 60, channels: 3, background: '#a05030' } })
    .jpeg()
    .toBuffer(),
  width: 80,
  height: 60,
  dish: { x: 0.2, y: 0.2, width: 0.6, height: 0.6 },
  dishConfidence: 1,
  confidence: 0,
  reason: '',
  subject: { decoration_main: '', decoration_sub: '', bg_main_color: '', bg_floor_color: '', best_season: 'all_year' },
  engine: { name: 'test', version: '1' },
});

it('siblings that meet share one decoded photo; another photo or tone is another one', async () => {
  const photo = await prepared();
  const [first, second] = await Promise.all([readDishPhoto(photo, null), readDishPhoto(photo, null)]);
  expect(second).toBe(first);
  expect(await readDishPhoto(photo, 'Minimal Clean')).not.toBe(first);
  expect(await readDishPhoto({ ...photo }, null)).not.toBe(first);
});

it('a photo that failed to decode is tried again by the next picture', async () => {
  const photo = await prepared();
  const { upright } = photo;
  photo.upright = Buffer.from('no picture');
  await expect(readDishPhoto(photo, null)).rejects.toThrow(/cannot be decoded/u);
  photo.upright = upright;
  expect(await readDishPhoto(photo, null)).toMatchObject({ width: 80, height: 60 });
});
