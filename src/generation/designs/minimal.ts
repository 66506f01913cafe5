import type { OverlayOptions } from 'sharp';
import { parseHexColour, toHex } from '../../imaging/colour.js';
import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { CutoutPixels } from '../dish-photo.js';
import { type Brief, centreOf, clamp, type Composition, type CutOutDesign, dishOnStage } from '../layout.js';
import { look } from '../looks.js';
import { dishLayer, placeDish, shadowsOf, silhouette } from '../placed-dish.js';
import { cutOutComposition, roomsForDish } from './cut-out-composition.js';

/** A plain light ground, one simple shape behind the dish in the accent's colour, a long soft shadow. */
export const minimalDesign: CutOutDesign = { name: 'minimal', compose: withDish };

async function withDish(brief: Brief, cutout: CutoutPixels): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, { headline: 'ExtraBold', figures: 'ExtraBold', badge: 'pill', lineHeight: 1.18 });
  const rooms = roomsForDish(brief, type);
  const { stage } = rooms;
  const box = dishOnStage(brief, stage, 0.94 * brief.wish.fill);
  const dish = await placeDish(cutout, box, size);
  const { x, y } = centreOf(box);
  const colours = brief.palette('light');
  const shade = `#${colours.ink}`;
  const accent = `#${mixed(colours.accent, colours.ground, 0.3)}`;
  const away = photo.light > 0 ? -1 : 1;
  // The disc stays on the stage: a word across its edge would be hard to read.
  const radius = Math.min(Math.max(box.width, box.height) * 0.5, stage.height * 0.5);
  const discY = clamp(y - radius * 0.16, stage.y + radius, stage.y + stage.height - radius);
  const shape = `<circle cx="${x - away * radius * 0.26}" cy="${discY}" r="${radius}" fill="${accent}"/>`;
  const layers: (OverlayOptions | null)[] = [
    svgLayer(
      size,
      `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.45"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>${shape}`,
    ),
    await silhouette(dish, {
      colour: shade,
      opacity: 0.34,
      blur: 34,
      scaleY: photo.isOverhead ? 1 : 0.5,
      onFoot: !photo.isOverhead,
      dx: away * box.width * 0.08,
      dy: photo.isOverhead ? box.height * 0.06 : 14,
    }),
    ...(await shadowsOf(photo, dish, { colour: shade, strength: 0.7 })),
    await dishLayer(dish),
    await grainLayer(random, 8),
  ];
  return cutOutComposition(await compose(size, `#${colours.ground}`, layers), brief, {
    box,
    rooms,
    prompt: `Minimal poster: plain light ground, one simple shape in a soft accent, the cut-out dish ${photo.isOverhead ? 'seen from above' : 'on a plain floor'} with a long soft shadow, empty ground for a headline.`,
    colours,
    look: type,
  });
}

/** So much (0..1) of one colour in another, RRGGBB. */
function mixed(colour: string, ground: string, share: number): string {
  const [a, b] = [parseHexColour(colour), parseHexColour(ground)];
  if (!a || !b) return ground;
  const mix = (one: number, other: number): number => one * share + other * (1 - share);
  return toHex({ r: mix(a.r, b.r), g: mix(a.g, b.g), b: mix(a.b, b.b) });
}
