import { beforeAll, describe, expect, it } from 'vitest';
import { DESIGNS } from '../../../src/generation/design-catalogue.js';
import { createLocalImageProvider } from '../../../src/generation/local-provider.js';
import type { GeneratedPicture, GenerationRequest, PreparedPhoto } from '../../../src/generation/provider.js';
import type { Box } from '../../../src/imaging/geometry.js';
import { UnreadableImageError } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { GLANCE_DISTANCE, thumbnailDistance } from '../../../src/imaging/thumbnail-distance.js';
import { drawPlate, PLATE } from '../imaging/pictures.js';
import { pictureRequest } from './picture-request.js';

/** The contract's prompt types and the design each one leads with when the dish is cut out. */
const LEADS = {
  'Hero Dish Focus': 'hero',
  'Seasonal / Limited Time': 'seasonal',
  'Behind the Scenes / Authenticity': 'comfort',
  'Lifestyle Integration': 'comfort',
  'UGC / Social Proof': 'social',
  'Minimalist Branding': 'minimal',
  'Emotion / Comfort': 'comfort',
  'Retro / Vintage / Storytelling': 'retro',
} as const;
const TYPES = Object.keys(LEADS) as (keyof typeof LEADS)[];

const provider = createLocalImageProvider();
const generate = (...order: Parameters<typeof pictureRequest>) => provider.generate(pictureRequest(...order));

/** A blue dot in the middle of the food, to be found again on the canvas; `scale` makes the photo 480 * scale wide. */
async function markedPlate(scale: number): Promise<Buffer> {
  const side = Math.round(24 * scale);
  const marker = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#0000ff"/></svg>`,
  );
  const plate = await sharp(await drawPlate())
    .resize(480 * scale, 360 * scale, { kernel: 'cubic' })
    .png()
    .toBuffer();
  return sharp(plate)
    .composite([
      { input: marker, left: Math.round(PLATE.cx * scale - side / 2), top: Math.round(PLATE.cy * scale - side / 2) },
    ])
    .png()
    .toBuffer();
}

/** Each picture is made once and looked at by several tests. */
const made = new Map<string, Promise<GeneratedPicture>>();
function picture(prepared: PreparedPhoto, variant: number, promptType: string | null): Promise<GeneratedPicture> {
  const key = `${prepared.cutout ? 'cut' : 'whole'}/${variant}/${promptType}`;
  const known = made.get(key) ?? generate(prepared, variant, { promptType });
  made.set(key, known);
  return known;
}

const TEXTS = { headline: '불맛 가득 제육볶음', price: '8,900원', note: '포장·배달 가능', shop: '한솔밥상' };

/** How much neighbouring pixels of a place differ, 0..255: grain and soft light only, nothing a letter gets lost in. */
const roughness = async (png: Buffer, box: Box, height: number): Promise<number> => {
  const part = {
    left: Math.round(box.x * 1080),
    top: Math.round(box.y * height),
    width: Math.round(box.width * 1080),
    height: Math.max(1, Math.round(box.height * height)),
  };
  const room = await sharp(png).extract(part).greyscale().raw().toBuffer();
  return (
    room.reduce((sum, value, i) => sum + (i % part.width === 0 ? 0 : Math.abs(value - room[i - 1]!)), 0) / room.length
  );
};

describe('local image provider', { timeout: 120_000 }, () => {
  /** Large enough to be cut out, and too small for it. */
  let cut: PreparedPhoto;
  let whole: PreparedPhoto;
  beforeAll(async () => {
    cut = await provider.prepare(await markedPlate(2.5), {});
    whole = await provider.prepare(await markedPlate(1), {});
  }, 60_000);

  it('leads every prompt type with the design it likes best where the dish is cut out', async () => {
    expect(cut.cutout).toBeDefined();
    const pictures = await Promise.all(TYPES.map((promptType) => picture(cut, 1, promptType)));
    expect(pictures.map(({ design }) => design)).toEqual(TYPES.map((type) => LEADS[type]));
    for (const { png } of pictures)
      expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1080, height: 1080, channels: 3 });
  });

  it('shows a dish that is not cut out in designs that need no cut-out', async () => {
    expect(whole.cutout).toBeUndefined();
    const photoDesigns = DESIGNS.filter(({ needs }) => needs === 'photo').map(({ design }) => design.name);
    for (const promptType of TYPES) expect(photoDesigns).toContain((await picture(whole, 1, promptType)).design);
  });

  it('makes three variants that are told apart at a glance without their colours', async () => {
    for (const [prepared, types] of [
      [cut, [null, ...TYPES]],
      [whole, [null]],
    ] as const) {
      for (const promptType of types) {
        const [a, b, c] = await Promise.all([1, 2, 3].map((variant) => picture(prepared, variant, promptType)));
        for (const [one, other] of [
          [a, b],
          [a, c],
          [b, c],
        ] as const) {
          const distance = await thumbnailDistance(one!.png, other!.png);
          expect(distance, `${promptType}: ${one!.design}, ${other!.design}`).toBeGreaterThan(GLANCE_DISTANCE);
        }
        // The limit is worth something: a copy in other colours is refused by it.
        const recoloured = await sharp(a!.png)
          .modulate({ hue: 140, saturation: 1.4, brightness: 0.85 })
          .png()
          .toBuffer();
        expect(await thumbnailDistance(a!.png, recoloured)).toBeLessThan(GLANCE_DISTANCE * 0.75);
      }
    }
  });

  it('gives the same bytes for the same seed and others for another seed', async () => {
    for (const promptType of ['Hero Dish Focus', 'Seasonal / Limited Time', 'Retro / Vintage / Storytelling']) {
      const once = await picture(cut, 1, promptType);
      expect((await generate(cut, 1, { promptType })).png.equals(once.png), promptType).toBe(true);
      expect((await generate(cut, 1, { promptType, seed: 'other' })).png.equals(once.png)).toBe(false);
    }
  });

  it('draws the motifs of the season that the picture is for; other designs do not care', async () => {
    const inSeason = (promptType: string, season: GenerationRequest['season']) =>
      generate(cut, 1, { promptType, season });
    const seasonal = await Promise.all(
      (['spring', 'summer', 'autumn', 'winter'] as const).map((season) => inSeason('Seasonal / Limited Time', season)),
    );
    expect(new Set(seasonal.map(({ prompt }) => prompt)).size).toBe(4);
    const [autumn, winter] = [await picture(cut, 1, 'Hero Dish Focus'), await inSeason('Hero Dish Focus', 'winter')];
    expect(winter.png.equals(autumn.png)).toBe(true);
  });

  it.each(DESIGNS.map(({ design }) => design.name))(
    '%s keeps calm places for its text in every format',
    async (design) => {
      for (const format of ['square', 'portrait', 'tall', 'story'] as const) {
        const { png, height, composed } = await generate(cut, 1, { design, format, texts: TEXTS });
        const { textAreas, dish } = composed!;
        expect(composed!.design).toBe(design);
        for (const [name, { box }] of Object.entries({ main: textAreas.main, foot: textAreas.foot })) {
          expect(box.x, `${design} ${format} ${name}`).toBeGreaterThan(0.03);
          expect(box.x + box.width).toBeLessThan(0.97);
          expect(box.y).toBeGreaterThan(format === 'story' ? 0.14 : 0.03);
          expect(box.y + box.height).toBeLessThan(format === 'story' ? 0.8 : 0.97);
          if (!textAreas.look.onPhoto)
            expect(await roughness(png, box, height), `${design} ${format} ${name}`).toBeLessThan(6);
        }
        const main = textAreas.main.box;
        const middle = { x: dish.x + dish.width / 2, y: dish.y + dish.height / 2 };
        const isOver =
          middle.x > main.x && middle.x < main.x + main.width && middle.y > main.y && middle.y < main.y + main.height;
        expect(isOver, `${design} ${format}: words over the dish`).toBe(false);
      }
    },
  );

  it('lets presets move and shrink the dish, and turns the layout for one asked for near the top', async () => {
    const small = await generate(cut, 1, { placement: { x: 0.45, y: 0.6, size: 0.6 } });
    const large = await generate(cut, 1, { placement: { x: 0.55, y: 0.6, size: 0.82 } });
    expect(large.placement.size).toBeGreaterThan(small.placement.size + 0.08);
    expect(large.placement.x).toBeGreaterThan(small.placement.x);
    const turned = await generate(cut, 1, { placement: { x: 0.5, y: 0.3, size: 0.7 } });
    expect(turned.composed!.textAreas.main.box.y).toBeGreaterThan(0.5);
    expect(small.placement.y - turned.placement.y).toBeGreaterThan(0.1);
  });

  it('tells where the photo lies on the canvas, in every design', async () => {
    for (const prepared of [cut, whole]) {
      for (const promptType of TYPES) {
        const { png, photoOnCanvas } = await picture(prepared, 1, promptType);
        const { box, window } = photoOnCanvas!;
        const at = {
          x: (box.x + (PLATE.cx / 480) * box.width) * 1080,
          y: (box.y + (PLATE.cy / 360) * box.height) * 1080,
        };
        const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
        const blue = { x: 0, y: 0, count: 0 };
        for (let i = 0; i < info.width * info.height; i++) {
          if (data[i * 3 + 2]! - Math.max(data[i * 3]!, data[i * 3 + 1]!) < 90) continue;
          blue.x += i % info.width;
          blue.y += Math.floor(i / info.width);
          blue.count++;
        }
        expect(blue.count, promptType).toBeGreaterThan(50);
        expect(Math.hypot(blue.x / blue.count - at.x, blue.y / blue.count - at.y), promptType).toBeLessThan(4);
        expect(at.x / 1080).toBeGreaterThan(window.x);
        expect(at.x / 1080).toBeLessThan(window.x + window.width);
      }
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
      const prepared = await provider.prepare(photo, {});
      for (const promptType of TYPES.filter((_, i) => i % 2 === 0)) {
        expect((await generate(prepared, 1, { promptType })).png.length, promptType).toBeGreaterThan(10_000);
      }
    }
  });

  it('refuses what is no photo and stops when told to', async () => {
    await expect(provider.prepare(Buffer.from('no photo'), {})).rejects.toThrow(UnreadableImageError);
    const stop = AbortSignal.abort(new Error('enough'));
    const request = {
      prepared: whole,
      variantIndex: 1,
      variantCount: 3,
      seed: 's',
      promptType: null,
      format: 'square',
      season: 'autumn',
    } as const;
    await expect(provider.generate(request, stop)).rejects.toThrow('enough');
  });
});
