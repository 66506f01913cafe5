import { signatureBand } from '../../imaging/signature.js';
import { keyLight, vignette } from '../atmosphere.js';
import { compose, grainLayer, softLayer, svgLayer, tint } from '../canvas.js';
import {
  type Brief,
  type Composition,
  type Design,
  dishInFrame,
  dishSizeWithin,
  photoOnCanvas,
  placementOf,
} from '../layout.js';
import { framePhoto, withinPhoto } from '../photo-frame.js';
import { surfaceLayer } from '../texture.js';

/** The photo as it was taken, printed and taped to the kitchen's wall: nothing is made up. */
export const printDesign: Design = { name: 'print', compose: composePrint };

/** Pixels. */
const MARGIN = 26;
const FOOT = 64;
const TAPE = 24;

async function composePrint(brief: Brief): Promise<Composition> {
  const { photo, size, stage, random, headline, wish } = brief;
  // The tape stands out over the sheet. Under a headline at the top the shop signs on the print's white foot.
  const name = signatureBand('bottom', size);
  const bottom = headline === 'top' ? (name.y + name.height / 2) * size.height + FOOT / 2 : stage.y + stage.height;
  const sheet = {
    width: Math.round(Math.min(stage.width * 0.93, stage.height * 1.12)),
    height: Math.round(bottom - stage.y) - TAPE,
    y: Math.round(stage.y) + TAPE,
  };
  const wanted = {
    width: sheet.width - 2 * MARGIN,
    height: sheet.height - MARGIN - FOOT,
    centreX: sheet.width / 2 - MARGIN,
    centreY: (sheet.height - MARGIN - FOOT) / 2,
    dishSize: 0,
  };
  wanted.dishSize = dishSizeWithin(photo, wanted.width * 0.94, wanted.height * 0.95);
  // The print is as large as the photo allows, and no larger: nobody draws out the edges of a print.
  const { frame } = withinPhoto(photo, wanted);
  sheet.width = frame.width + 2 * MARGIN;
  sheet.y += Math.round((wanted.height - frame.height) * (headline === 'top' ? 1 : 0.5));
  sheet.height = frame.height + MARGIN + FOOT;
  const left = Math.round(wish.x * size.width - sheet.width / 2);
  const at = { left: left + MARGIN, top: sheet.y + MARGIN };
  const framed = await framePhoto(photo, frame);
  const [cx, cy] = [left + sheet.width / 2, sheet.y + sheet.height / 2];
  const wall = photo.hue > 20 && photo.hue < 60 ? tint(200, 16, 34) : tint(28, 38, 62);
  const turn = random.between(2.2, 3.6) * random.pick([-1, 1]);
  const paper = (paint: string): string =>
    `<rect x="${left}" y="${sheet.y}" width="${sheet.width}" height="${sheet.height}" rx="4" ${paint}/>`;
  const png = await compose(size, wall, [
    await surfaceLayer(random, photo.hue > 20 && photo.hue < 60 ? 'stone' : 'paper', size, { strength: 0.7 }),
    keyLight(size, photo.light, 0.22),
    vignette(size, { x: cx, y: cy }, '#1a0f08', 0.34),
    // A second print below peeks out: there is more to see in this kitchen.
    await softLayer(
      size,
      `<g transform="translate(0 14) rotate(${turn} ${cx} ${cy})">${paper('fill="#000" fill-opacity="0.42"')}</g>`,
      14,
    ),
    svgLayer(size, `<g transform="rotate(${turn} ${cx} ${cy})">${paper(`fill="${tint(40, 20, 88)}"`)}</g>`),
    await softLayer(size, `<g transform="translate(4 16)">${paper('fill="#000" fill-opacity="0.5"')}</g>`, 16),
    svgLayer(size, paper(`fill="#fbf8f1"`)),
    { input: framed, raw: { width: frame.width, height: frame.height, channels: 3 as const }, ...at },
    svgLayer(
      size,
      `<rect x="${at.left}" y="${at.top}" width="${frame.width}" height="${frame.height}" fill="none" stroke="#000" stroke-opacity="0.12" stroke-width="2"/>` +
        tape(left + sheet.width * 0.5, sheet.y + 4, random.between(-5, 5)),
    ),
    await grainLayer(random, 14),
  ]);
  return {
    png,
    placement: placementOf(dishInFrame(photo, frame, at), size),
    photoOnCanvas: photoOnCanvas(photo, frame, size, at),
    prompt: `Behind the scenes: the dish photograph as an instant print taped to a kitchen wall, a second print below, plain wall at the ${headline} for a headline.`,
  };
}

/** A strip of paper tape with torn ends. */
const tape = (x: number, y: number, turn: number): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn.toFixed(1)})" fill="#e9d9a6" fill-opacity="0.86"><path d="M-92 -22L-86 -15L-92 -8L-87 -1L-92 6L-86 13L-92 22L92 22L87 14L92 7L86 0L92 -7L87 -14L92 -22Z"/><path d="M-92 -6H92" stroke="#fff" stroke-opacity="0.35" stroke-width="7"/></g>`;
