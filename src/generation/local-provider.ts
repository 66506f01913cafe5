import { performance } from 'node:perf_hooks';
import { CANVAS } from './canvas.js';
import { readDishPhoto } from './dish-photo.js';
import { editorialDesign } from './editorial-design.js';
import { type Design, headlineSideFor, settle } from './layout.js';
import { minimalDesign } from './minimal-design.js';
import { plainCanvas } from './plain-canvas.js';
import { preparePhoto } from './prepare-photo.js';
import type { GeneratedPicture, GenerationRequest, ImageProvider, Placement } from './provider.js';
import { seededRandom } from './random.js';
import { retroDesign } from './retro-design.js';

const ENGINE = { name: 'local-composer', version: '1' };
const DESIGNS: readonly [Design, Design, Design] = [editorialDesign, minimalDesign, retroDesign];

/**
 * Composes the advertisement from the photo itself with classical image work: no model, no network, no files.
 * Variants 1, 2 and 3 are three designs; further ones repeat them with the dish in another place.
 */
export const createLocalImageProvider = (): ImageProvider => ({
  name: ENGINE.name,
  prepare: async (photo, options) => ({ ...(await preparePhoto(photo, options)), engine: { ...ENGINE } }),
  generate,
});

async function generate(request: GenerationRequest, signal?: AbortSignal): Promise<GeneratedPicture> {
  const started = performance.now();
  signal?.throwIfAborted();
  const turn = Math.max(0, Math.floor(request.variantIndex) - 1);
  const design = DESIGNS[turn % DESIGNS.length] ?? editorialDesign;
  const wished = request.placement ?? spotForRound(design.usualSpot, Math.floor(turn / DESIGNS.length));
  const headline = headlineSideFor(wished);

  const photo = await readDishPhoto(request.prepared, request.promptType);
  signal?.throwIfAborted();
  const { png, placement, photoOnCanvas, prompt } = await design.compose({
    photo,
    headline,
    spot: settle(wished, headline),
    random: seededRandom(`${request.seed}/${request.variantIndex}`),
  });
  signal?.throwIfAborted();
  const size = { width: CANVAS, height: CANVAS };
  const plain = await plainCanvas(request.prepared, photoOnCanvas, size);
  signal?.throwIfAborted();
  const name = `${design.name}-${headline}`;
  return {
    png,
    ...size,
    ...plain,
    design: name,
    prompt,
    placement,
    photoOnCanvas,
    engine: { ...ENGINE },
    provenance: {
      seed: request.seed,
      design: name,
      settings: JSON.stringify({ variant: request.variantIndex, format: request.format, placement }),
      engine: `${ENGINE.name} ${ENGINE.version}`,
    },
    milliseconds: Math.round(performance.now() - started),
  };
}

/** Shift to the side (share of the canvas) and scale of the dish, a pair of rounds each. */
const LATER_ROUNDS: readonly (readonly [shift: number, scale: number])[] = [
  [0, 1],
  [0.1, 0.82],
  [-0.1, 0.74],
];

/** Every second round turns the layout upside down, every further pair moves and shrinks the dish. */
function spotForRound(usual: Placement, round: number): Placement {
  const y = round % 2 === 0 ? usual.y : 1 - usual.y;
  const [shift, scale] = LATER_ROUNDS[Math.floor(round / 2) % LATER_ROUNDS.length] ?? [0, 1];
  return { x: usual.x + shift, y, size: usual.size * scale };
}
