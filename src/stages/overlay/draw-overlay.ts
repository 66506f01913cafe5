import type { PictureTexts } from '../../brief/idea.js';
import { parseHexColour } from '../../imaging/colour.js';
import type { FontFace } from '../../imaging/fonts.js';
import { type Box, toPixels } from '../../imaging/geometry.js';
import { type Canvas, plate } from '../../imaging/legibility.js';
import { sharp } from '../../imaging/sharp.js';
import { drawTexts } from '../../typography/draw-texts.js';
import { foreignAreas } from '../../typography/foreign-areas.js';
import { setTexts, TextDoesNotFitError } from '../../typography/set-texts.js';
import type { DrawnElement, LeftOut, TextAreas } from '../../typography/text-areas.js';

export interface OverlayOrder {
  picture: Canvas;
  texts: PictureTexts;
  headlineScale: number;
  /** PNG with transparency, drawn beside the shop's name. */
  logo?: Buffer | undefined;
  /** Where the picture's own design keeps its text. */
  areas: TextAreas | undefined;
  /** Where a planner found room on a picture that keeps none, the best first. */
  places: { region: Box; source: string }[];
  /** What callers may ask for: a colour (RRGGBB[AA]), a ground under the text, the largest size in pixels, a face. */
  wish: { colour: string | null; ground: string | null; largest: number | null; face: FontFace };
}

export interface DrawnOverlay {
  /** RGB PNG. */
  png: Buffer;
  width: number;
  height: number;
  elements: DrawnElement[];
  leftOut: LeftOut[];
  omitted: string[];
  /** Where the headline was set (shares), and who chose it. */
  place: { region: Box; source: string };
}

/**
 * Draws a picture's texts where its design keeps room for them, else in the best place that a planner found: a text too
 * long for one goes to the next.
 * @throws TextDoesNotFitError when the headline fits nowhere.
 */
export async function drawOverlay(order: OverlayOrder): Promise<DrawnOverlay> {
  const canvas = order.picture;
  const { areas, set, place } = setWhereItFits(order, canvas, order.logo && (await aspectOf(order.logo)));
  const ground = groundUnder(order.wish.ground, place.region, canvas);
  const drawn = await drawTexts(set, areas, canvas, order.logo);
  const png = await sharp(canvas.data, { raw: { width: canvas.width, height: canvas.height, channels: 4 } })
    .composite([...ground, ...drawn.layers])
    // Higher levels take half as long again and save a twentieth.
    .png({ compressionLevel: 2 })
    .toBuffer();
  return {
    png,
    width: canvas.width,
    height: canvas.height,
    elements: drawn.elements,
    leftOut: set.leftOut,
    omitted: set.omitted,
    place,
  };
}

async function aspectOf(png: Buffer): Promise<number> {
  const { width, height } = await sharp(png).metadata();
  return width / height;
}

function setWhereItFits(
  { texts, headlineScale, areas, places, wish }: OverlayOrder,
  canvas: Canvas,
  logoAspect: number | undefined,
) {
  const setting = { headlineScale, logoAspect };
  if (areas) {
    const set = setTexts(texts, areas, canvas, setting);
    return { areas, set, place: { region: areas.main.box, source: 'design' } };
  }
  let refusal: unknown;
  for (const place of places) {
    const found = foreignAreas(canvas, place.region, {
      face: wish.face,
      colour: wish.colour,
      largest: wish.largest === null ? null : wish.largest / canvas.width,
    });
    try {
      return { areas: found, set: setTexts(texts, found, canvas, setting), place };
    } catch (error) {
      if (!(error instanceof TextDoesNotFitError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

function groundUnder(colour: string | null, region: Box, canvas: { width: number; height: number }) {
  const rgb = colour ? parseHexColour(colour) : null;
  if (rgb === null || rgb.alpha === 0) return [];
  return [plate(toPixels(region, canvas.width, canvas.height), rgb, rgb.alpha / 255, 12, 0)];
}
