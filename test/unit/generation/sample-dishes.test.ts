import { expect, it } from 'vitest';
import { briefSchema } from '../../../src/brief/brief.js';
import { drawSampleDish, SAMPLE_DISHES } from '../../../src/generation/sample-dishes.js';
import { missingGlyphs } from '../../../src/imaging/fonts.js';
import { inspectPicture } from '../../../src/imaging/picture.js';
import { segmentDish } from '../../../src/imaging/segmentation.js';

it('draws at least three different whole photos with a dish in the middle', async () => {
  expect(SAMPLE_DISHES.length).toBeGreaterThanOrEqual(3);
  const seen = new Set<string>();
  for (const [index, dish] of SAMPLE_DISHES.entries()) {
    const photo = await drawSampleDish(index);
    expect(await inspectPicture(photo)).toEqual({ format: 'jpeg', width: 1200, height: 1200 });
    const { box } = (await segmentDish(photo)).segments[0]!;
    expect(Math.abs(box.x + box.width / 2 - 600)).toBeLessThan(90);
    expect(Math.abs(box.y + box.height / 2 - 600)).toBeLessThan(90);
    expect(briefSchema.parse(dish.brief)).toEqual(dish.brief);
    expect(missingGlyphs(Object.values(dish.brief).join('') + dish.koreanName, 'ExtraBold')).toEqual([]);
    seen.add(photo.toString('base64'));
  }
  expect(seen.size).toBe(SAMPLE_DISHES.length);
  await expect(drawSampleDish(99)).rejects.toThrow(RangeError);
});
