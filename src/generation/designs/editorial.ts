import { compose, grainLayer, svgLayer, tint } from '../canvas.js';
import {
  type Brief,
  type Composition,
  type Design,
  dishInFrame,
  dishSizeWithin,
  photoOnCanvas,
  placementOf,
} from '../layout.js';
import { covering, framePhoto, withinPhoto } from '../photo-frame.js';
import { dishLayer, placeDish, silhouette } from '../placed-dish.js';
import { surfaceLayer } from '../texture.js';

/** A magazine page: the photo from edge to edge, a band of paper for the headline; a cut-out dish stands out over the band. */
export const editorialDesign: Design = { name: 'editorial', compose: composeEditorial };

/** So much of the dish (share of its height) may stand out over the photo's edge. */
const POP_OUT = 0.1;

async function composeEditorial(brief: Brief): Promise<Composition> {
  const { photo, size, stage, headline, random, wish } = brief;
  const { cutout } = photo;
  const top = headline === 'top';
  const dishSize = dishSizeWithin(photo, size.width * 0.9, stage.height * (cutout ? 1 : 0.9) * wish.fill);
  const scale = dishSize / Math.max(photo.dish.width, photo.dish.height);
  const dishHeight = photo.dish.height * scale;
  // The dish nearly fills the photo's height; its rim passes the edge towards the headline.
  const wanted = cutout
    ? top
      ? stage.y + dishHeight * POP_OUT
      : stage.y + stage.height - dishHeight * POP_OUT
    : top
      ? stage.y - 4
      : stage.y + stage.height + 4;
  const corner = { left: 0, top: Math.round(top ? wanted : 0) };
  const height = Math.round(top ? size.height - wanted : wanted);
  const centreY = cutout
    ? top
      ? stage.y + dishHeight / 2
      : stage.y + stage.height - dishHeight / 2
    : stage.y + stage.height / 2;
  const meant = { width: size.width, height, centreX: wish.x * size.width, centreY: centreY - corner.top, dishSize };
  // A strip of paper a few pixels wide beside the photo would look like a mistake.
  const page = covering(photo, meant, { most: 1.04, edges: 'sides' });
  // A photo too small for the page stands on it with a margin; its edges are never drawn out.
  const within = withinPhoto(photo, page);
  const at = { left: corner.left + within.left, top: corner.top + within.top };
  // One that ends short of the page's edge ends with the stage: what is left between is the shop's name's.
  const spare = top ? at.top + within.frame.height - (stage.y + stage.height + 4) : stage.y - 4 - at.top;
  const endsShort = top ? at.top + within.frame.height < size.height : at.top > 0;
  const cutOff = endsShort ? Math.max(0, Math.round(spare)) : 0;
  const frame = { ...within.frame, height: within.frame.height - cutOff };
  if (!top) {
    at.top += cutOff;
    frame.centreY -= cutOff;
  }
  const edge = top ? at.top : at.top + frame.height;
  const framed = await framePhoto(photo, frame);
  const box = dishInFrame(photo, frame, at);
  const paper = tint(photo.hue, 26, 95);
  const rule = tint(photo.hue, 46, 38);
  const dish = cutout ? await placeDish(cutout, box, size) : null;
  const line = top ? edge - 14 : edge + 14;
  const layers = [
    await surfaceLayer(random, 'paper', size, { strength: 0.7 }),
    { input: framed, raw: { width: frame.width, height: frame.height, channels: 3 as const }, ...at },
    // A little of the band's shade falls on the photo, so that the two do not look glued.
    svgLayer(
      size,
      `<defs><linearGradient id="e" x1="0" y1="${top ? 0 : 1}" x2="0" y2="${top ? 1 : 0}"><stop offset="0" stop-color="#000" stop-opacity="0.28"/><stop offset="1" stop-color="#000" stop-opacity="0"/></linearGradient></defs>` +
        `<rect x="${at.left}" y="${top ? edge : edge - 90}" width="${frame.width}" height="90" fill="url(#e)"/>` +
        (dish
          ? `<rect x="${Math.max(64, at.left)}" y="${line - 1.5}" width="${Math.min(size.width - 128, frame.width)}" height="3" fill="${rule}"/>`
          : ''),
    ),
    dish ? await silhouette(dish, { colour: '#1a0d05', opacity: 0.5, blur: 16, dy: 10 }) : null,
    dish ? await dishLayer(dish) : null,
    await grainLayer(random, 7),
  ];
  return {
    png: await compose(size, paper, layers),
    placement: placementOf(box, size),
    photoOnCanvas: withWindow(photoOnCanvas(photo, frame, size, at), dish !== null),
    prompt:
      `Magazine page: the dish photograph from edge to edge in natural light${dish ? ', the dish standing out over its edge' : ''}, ` +
      `a thin rule, a band of plain paper at the ${headline} for a headline.`,
  };
}

/** A dish that stands out shows beyond the photo's window too. */
const withWindow = (photo: Composition['photoOnCanvas'], standsOut: boolean): Composition['photoOnCanvas'] =>
  standsOut ? { ...photo, window: { x: 0, y: 0, width: 1, height: 1 } } : photo;
