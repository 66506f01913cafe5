import { performance } from 'node:perf_hooks';
import { PICTURE_SIZES } from './picture-size.js';
import { planFor } from './design-plan.js';
import { readDishPhoto } from './dish-photo.js';
import { clamp, type HeadlineSide, roomsFor } from './layout.js';
import { plainCanvas } from './plain-canvas.js';
import { preparePhoto } from './prepare-photo.js';
import type { GeneratedPicture, GenerationRequest, ImageProvider, Placement } from './provider.js';
import { seededRandom } from './random.js';

const ENGINE = { name: 'local-composer', version: '2' };

/**
 * Composes the advertisement from the photo itself with classical image work: no model, no network.
 * The prompt type decides the family of designs, the variant's index which of the family.
 */
export const createLocalImageProvider = (): ImageProvider => ({
  prepare: async (photo, options) => ({ ...(await preparePhoto(photo, options)), engine: { ...ENGINE } }),
  generate,
});

async function generate(request: GenerationRequest, signal?: AbortSignal): Promise<GeneratedPicture> {
  const started = performance.now();
  signal?.throwIfAborted();
  const { prepared, promptType, variantIndex, placement: wished } = request;
  const planned = planFor(promptType, variantIndex);
  const headline = sideFor(wished, planned.headline);
  const size = PICTURE_SIZES[request.format];

  const photo = await readDishPhoto(prepared, promptType);
  signal?.throwIfAborted();
  const { png, placement, photoOnCanvas, prompt } = await planned.design.compose({
    photo,
    season: request.season,
    size,
    headline,
    ...roomsFor(size, headline),
    wish: wishFor(wished),
    random: seededRandom(`${request.seed}/${variantIndex}`),
  });
  signal?.throwIfAborted();
  const plain = await plainCanvas(prepared, photoOnCanvas, size);
  signal?.throwIfAborted();
  const design = `${planned.design.name}-${headline}`;
  return {
    png,
    ...size,
    ...plain,
    design,
    prompt,
    placement,
    photoOnCanvas,
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

/** A dish asked for clearly above the middle leaves the foot to the headline; presets around the middle decide nothing. */
const sideFor = (wished: Placement | undefined, planned: HeadlineSide): HeadlineSide =>
  wished !== undefined && wished.y < 0.45 ? 'bottom' : planned;

/** Presets ask for 0.68 to 0.90 of the canvas: the largest fills its stage, smaller ones leave it air. */
const LARGEST_PRESET = 0.82;
const wishFor = (wished: Placement | undefined): { x: number; fill: number } => ({
  x: clamp(wished?.x ?? 0.5, 0.3, 0.7),
  fill: wished ? clamp(wished.size / LARGEST_PRESET, 0.55, 1) : 1,
});
