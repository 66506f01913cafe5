import { describe, expect, it } from 'vitest';
import { intersectionOverUnion } from '../../../src/imaging/geometry.js';
import { maskToPng, segmentDish } from '../../../src/imaging/segmentation.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawPlate, PLATE, plain, realPhotos } from './pictures.js';

const plateBox = { x: PLATE.cx - PLATE.rx, y: PLATE.cy - PLATE.ry, width: PLATE.rx * 2, height: PLATE.ry * 2 };

describe('segmentDish', () => {
  it('finds the plate where it was drawn', async () => {
    const { segments, width, height } = await segmentDish(await drawPlate());
    expect([width, height]).toEqual([480, 360]);
    expect(intersectionOverUnion(segments[0]!.box, plateBox)).toBeGreaterThan(0.9);
    expect(segments[0]!.areaShare).toBeCloseTo((Math.PI * PLATE.rx * PLATE.ry) / (480 * 360), 1);
    expect(segments[0]!.confidence).toBeGreaterThan(0.5);
  });

  it('gives mirrored boxes for a mirrored photo, within 2 % of the width', async () => {
    const photos = [{ name: 'plate', bytes: await drawPlate() }, ...realPhotos(4)];
    for (const { name, bytes } of photos) {
      const seen = await segmentDish(bytes);
      const mirrored = await segmentDish(await sharp(bytes).flop().png().toBuffer());
      expect(mirrored.segments.length, name).toBe(seen.segments.length);
      const first = seen.segments[0]!.box;
      const other = mirrored.segments[0]!.box;
      expect(Math.abs(seen.width - (first.x + first.width) - other.x), name).toBeLessThan(seen.width * 0.02);
      expect(Math.abs(first.width - other.width), name).toBeLessThan(seen.width * 0.02);
      expect(Math.abs(first.y - other.y), name).toBeLessThan(seen.width * 0.02);
    }
  });

  it('answers the same photo alike and different photos differently', async () => {
    const plate = await drawPlate();
    const shifted = await sharp(plate).extract({ left: 60, top: 40, width: 400, height: 300 }).png().toBuffer();
    expect(await segmentDish(plate)).toEqual(await segmentDish(plate));
    expect((await segmentDish(shifted)).segments[0]!.box).not.toEqual((await segmentDish(plate)).segments[0]!.box);
  });

  it('finds nothing in an even picture and draws an empty mask', async () => {
    const nothing = await segmentDish(await plain('#808080', 200, 100));
    expect(nothing.segments).toEqual([]);
    expect(nothing.mask.data.every((value) => value === 0)).toBe(true);
  });

  it('draws the mask at full size in one channel of black and white', async () => {
    const png = await maskToPng(await segmentDish(await drawPlate()));
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 480, height: 360, channels: 1 });
    const { data } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    expect(new Set(data)).toEqual(new Set([0, 255]));
    expect(data[PLATE.cy * 480 + PLATE.cx]).toBe(255);
    expect(data[5 * 480 + 5]).toBe(0);
  });
});
