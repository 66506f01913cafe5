import { describe, expect, it } from 'vitest';
import { createLocalImageProvider } from '../../../src/generation/local-provider.js';
import type { GenerationRequest } from '../../../src/generation/provider.js';
import { UnreadableImageError } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawPlate, realPhotos } from '../imaging/pictures.js';

const provider = createLocalImageProvider();
const generate = async (photo: Buffer, variantIndex: number, more: Partial<GenerationRequest> = {}) =>
  provider.generate({
    prepared: await provider.prepare(photo, {}),
    variantIndex,
    variantCount: 3,
    seed: 'a shop',
    promptType: null,
    format: 'square',
    ...more,
  });

const thumbnail = (png: Buffer) =>
  sharp(png).resize(32, 32, { fit: 'fill' }).greyscale().toColourspace('b-w').raw().toBuffer();

/** Mean difference of two 32 x 32 grey thumbnails after brightness and contrast are evened out, in grey steps. */
async function greyDistance(a: Buffer, b: Buffer): Promise<number> {
  const [first, second] = await Promise.all([a, b].map(async (png) => evened(await thumbnail(png))));
  return first!.reduce((sum, value, i) => sum + Math.abs(value - second![i]!), 0) / first!.length;
}

function evened(grey: Buffer): number[] {
  const values = [...grey];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => ((value - mean) / Math.max(1, spread)) * 50);
}

describe('local image provider', () => {
  it('makes three designs that differ in layout, not only in colour', async () => {
    for (const { bytes } of [{ bytes: await drawPlate() }]) {
      const pictures = [await generate(bytes, 1), await generate(bytes, 2), await generate(bytes, 3)];
      for (const picture of pictures) {
        expect(await sharp(picture.png).metadata()).toMatchObject({ format: 'png', width: 1080, height: 1080 });
      }
      expect(new Set(pictures.map(({ design }) => design)).size).toBe(3);
      expect(new Set(pictures.map(({ prompt }) => prompt)).size).toBe(3);
      const recoloured = await sharp(pictures[0]!.png).modulate({ hue: 120, saturation: 1.3 }).png().toBuffer();
      const control = await greyDistance(pictures[0]!.png, recoloured);
      for (const [a, b] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const) {
        const distance = await greyDistance(pictures[a]!.png, pictures[b]!.png);
        expect(distance).toBeGreaterThan(25);
        expect(distance).toBeGreaterThan(control * 1.5);
      }
    }
  });

  it('is the same picture for the same seed and another for another seed or a mirrored photo', async () => {
    const photo = await drawPlate();
    const once = await generate(photo, 3);
    expect((await generate(photo, 3)).png.equals(once.png)).toBe(true);
    expect((await generate(photo, 3, { seed: 'another shop' })).png.equals(once.png)).toBe(false);
    const mirrored = await generate(await sharp(photo).flop().png().toBuffer(), 3);
    expect(await greyDistance(mirrored.png, once.png)).toBeGreaterThan(1);
  });

  it('leaves a calm room of 0.8 x 0.18 for the headline', async () => {
    for (const { bytes } of [{ bytes: await drawPlate() }, ...realPhotos(3).slice(2)]) {
      for (const variant of [1, 2, 3, 4]) {
        const { png, design } = await generate(bytes, variant);
        const top = design.endsWith('top') ? 0.055 : 0.765;
        const room = await sharp(png)
          .extract({ left: 108, top: Math.round(top * 1080), width: 864, height: 190 })
          .greyscale()
          .raw()
          .toBuffer();
        const steps =
          room.reduce((sum, value, i) => sum + (i % 864 === 0 ? 0 : Math.abs(value - room[i - 1]!)), 0) / room.length;
        // Neighbouring pixels hardly differ: grain and soft rays only, nothing a letter could get lost in.
        expect(steps, `${design} ${variant}`).toBeLessThan(4);
      }
    }
  });

  it('puts the dish where it is asked for, as far as the headline allows', async () => {
    const photo = await drawPlate();
    const below = await generate(photo, 1, { placement: { x: 0.5, y: 0.66, size: 0.5 } });
    const above = await generate(photo, 1, { placement: { x: 0.5, y: 0.3, size: 0.5 } });
    expect(below.design).toBe('editorial-top');
    expect(above.design).toBe('editorial-bottom');
    expect(below.placement.y - above.placement.y).toBeGreaterThan(0.25);
  });

  it('tells where the photo lies on the canvas', async () => {
    // A red dot in the middle of the food is found again where the mapping says, in every design.
    const dot = { x: 190, y: 186 };
    const marker = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="16" height="16" fill="#0000ff"/></svg>',
    );
    const photo = await sharp(await drawPlate())
      .composite([{ input: marker, left: dot.x - 8, top: dot.y - 8 }])
      .png()
      .toBuffer();
    for (const variant of [1, 2, 3]) {
      const { png, photoOnCanvas } = await generate(photo, variant);
      const { box, window } = photoOnCanvas!;
      const at = { x: (box.x + (dot.x / 480) * box.width) * 1080, y: (box.y + (dot.y / 360) * box.height) * 1080 };
      const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      const blue = { x: 0, y: 0, count: 0 };
      for (let i = 0; i < info.width * info.height; i++) {
        if (data[i * 3 + 2]! - Math.max(data[i * 3]!, data[i * 3 + 1]!) < 90) continue;
        blue.x += i % info.width;
        blue.y += Math.floor(i / info.width);
        blue.count++;
      }
      expect(blue.count).toBeGreaterThan(50);
      expect(Math.hypot(blue.x / blue.count - at.x, blue.y / blue.count - at.y), `design ${variant}`).toBeLessThan(3);
      expect(at.x / 1080).toBeGreaterThan(window.x);
      expect(at.x / 1080).toBeLessThan(window.x + window.width);
    }
  });

  it('copes with tiny and very wide photos', async () => {
    for (const [width, height] of [
      [100, 100],
      [1000, 200],
    ] as const) {
      const photo = await sharp(await drawPlate())
        .resize(width, height, { fit: 'fill' })
        .jpeg()
        .toBuffer();
      for (const variant of [1, 2, 3]) expect((await generate(photo, variant)).png.length).toBeGreaterThan(10_000);
    }
  });

  it('refuses what is no photo and stops when told to', async () => {
    await expect(generate(Buffer.from('no photo'), 1)).rejects.toThrow(UnreadableImageError);
    const photo = await drawPlate();
    const prepared = await provider.prepare(photo, {});
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(provider.prepare(photo, { signal })).rejects.toThrow('enough');
    const request = {
      prepared,
      variantIndex: 1,
      variantCount: 3,
      seed: 's',
      promptType: null,
      format: 'square',
    } as const;
    await expect(provider.generate(request, signal)).rejects.toThrow('enough');
  });
});
