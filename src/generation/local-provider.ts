import { performance } from 'node:perf_hooks';
import type { PictureTexts } from '../brief/idea.js';
import { toRatios } from '../imaging/geometry.js';
import { designFor, kindsOf } from './design-plan.js';
import { readDishPhoto } from './dish-photo.js';
import { type Brief, clamp, type Composition, type HeadlineSide } from './layout.js';
import { paletteFor, withBrand } from './palettes.js';
import { PICTURE_SIZES } from './picture-size.js';
import { plainCanvas } from './plain-canvas.js';
import { preparePhoto } from './prepare-photo.js';
import type { ComposedPicture, GeneratedPicture, GenerationRequest, ImageProvider, Placement } from './provider.js';
import { seededRandom } from './random.js';
import { footHeight, roomsFor } from './rooms.js';
import type { DesignEntry } from './design-catalogue.js';

const ENGINE = { name: 'local-composer', version: '3' };

/** Room for a headline of usual length and a name, where nobody knows yet what the picture will say. */
const USUAL_TEXTS: PictureTexts = { headline: '오늘의 메뉴 이야기', shop: '가게' };

/**
 * Composes the advertisement from the photo itself with classical image work: no model, no network. Tone, idea and the
 * photo decide the design; the texts decide how much room it keeps for them.
 */
export const createLocalImageProvider = (): ImageProvider => ({
  prepare: async (photo, options) => ({ ...(await preparePhoto(photo, options)), engine: { ...ENGINE } }),
  generate,
});

async function generate(request: GenerationRequest, signal?: AbortSignal): Promise<GeneratedPicture> {
  const started = performance.now();
  signal?.throwIfAborted();
  const { prepared, promptType, variantIndex, placement: wished } = request;
  const size = PICTURE_SIZES[request.format];

  const photo = await readDishPhoto(prepared, promptType);
  signal?.throwIfAborted();
  const kinds = request.kinds ?? kindsOf(request.variantCount);
  const entry = designFor(
    { promptType, kinds, family: request.family ?? '', format: request.format },
    photo,
    variantIndex,
    request.design,
  );
  const headline: HeadlineSide = wished !== undefined && wished.y < 0.45 ? 'bottom' : 'top';
  const texts = request.texts ?? USUAL_TEXTS;
  const hasLogo = request.brand?.hasLogo ?? false;
  const brief: Brief = {
    photo,
    season: request.season,
    size,
    texts,
    palette: (mood) => withBrand(paletteFor(photo.hue, mood, variantIndex - 1), request.brand?.colour),
    headline,
    rooms: (demand) => roomsFor(size, texts, headline, demand, hasLogo),
    footHeight: (look, width) => footHeight(texts, look, width, hasLogo),
    wish: wishFor(wished),
    random: seededRandom(`${request.seed}/${variantIndex}`),
  };
  const composition = await compose(entry, brief);
  signal?.throwIfAborted();
  const { png, placement, photoOnCanvas, prompt } = composition;
  const plain = await plainCanvas(prepared, photoOnCanvas, size);
  signal?.throwIfAborted();
  const design = entry.design.name;
  return {
    png,
    ...size,
    ...plain,
    design,
    prompt,
    placement,
    photoOnCanvas,
    composed: composedOf(composition, brief, entry, request),
    engine: { ...ENGINE },
    provenance: {
      seed: request.seed,
      design,
      settings: JSON.stringify({ variant: variantIndex, format: request.format, placement }),
      engine: `${ENGINE.name} ${ENGINE.version}`,
    },
    milliseconds: Math.round(performance.now() - started),
  };
}

function compose(entry: DesignEntry, brief: Brief): Promise<Composition> {
  if (entry.needs === 'photo') return entry.design.compose(brief);
  const { cutout } = brief.photo;
  if (!cutout) throw new Error(`the design ${entry.design.name} needs a dish that is cut out`);
  return entry.design.compose(brief, cutout);
}

function composedOf(
  { areas, photoOnCanvas: { box, window }, isCutOut, enlargement, axis }: Composition,
  { photo, season }: Brief,
  { design: { name } }: DesignEntry,
  { brand }: GenerationRequest,
): ComposedPicture {
  const dish = toRatios(photo.dish, photo.width, photo.height);
  return {
    design: name,
    textAreas: brand?.face ? { ...areas, look: { ...areas.look, headline: brand.face } } : areas,
    dish: {
      x: box.x + dish.x * box.width,
      y: box.y + dish.y * box.height,
      width: dish.width * box.width,
      height: dish.height * box.height,
    },
    window,
    photo: box,
    enlargement: Math.round(enlargement * 100) / 100,
    isCutOut,
    axis,
    season: name === 'seasonal' ? season : null,
  };
}

/** Presets ask for 0.68 to 0.90 of the canvas: the largest fills its stage, smaller ones leave it air. */
const LARGEST_PRESET = 0.82;
const wishFor = (wished: Placement | undefined): { x: number; fill: number } => ({
  x: clamp(wished?.x ?? 0.5, 0.3, 0.7),
  fill: wished ? clamp(wished.size / LARGEST_PRESET, 0.55, 1) : 1,
});
