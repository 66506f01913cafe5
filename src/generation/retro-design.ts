import { CANVAS, compose, cutToShape, grainLayer, svgLayer, tint } from './canvas.js';
import { type Brief, type Composition, type Design, dishSizeWithin, photoOnCanvas, pixels } from './layout.js';
import { framePhoto } from './photo-frame.js';

/** A sign-painter's poster: cream paper, rays, a notched badge with the photo in its middle, a double frame. */
export const retroDesign: Design = {
  name: 'retro',
  usualSpot: { x: 0.5, y: 0.615, size: 0.67 },
  compose: composeRetro,
};

const PAPER = '#f4e3c1';
const RAYS = 20;

async function composeRetro({ photo, headline, spot, random }: Brief): Promise<Composition> {
  const badge = pixels(spot.size) / 2;
  const disc = Math.round(badge * 0.865);
  const x = pixels(spot.x);
  const y = pixels(spot.y);
  const ink = tint(photo.hue + random.pick([175, 190, 160]), 42, 27);
  const ray = tint(photo.hue < 50 || photo.hue > 330 ? photo.hue : 32, 64, 66);

  // A round plate just fills the badge; anything longer keeps its ends inside the circle.
  const dishSize = dishSizeWithin(photo, disc * 2 * 0.97, disc * 2 * 0.97);
  const aperture = { width: disc * 2, height: disc * 2, centreX: disc, centreY: disc, dishSize };
  const framed = await framePhoto(photo, aperture);
  const circle = `<circle cx="${disc}" cy="${disc}" r="${disc}" fill="#fff"/>`;
  const picture = await cutToShape(framed, { width: disc * 2, height: disc * 2 }, circle, {
    left: x - disc,
    top: y - disc,
  });

  const png = await compose(PAPER, [
    svgLayer(rays(x, y, ray, random.between(0, Math.PI / RAYS), headline)),
    svgLayer(halftone(ink, headline)),
    svgLayer(badgeRing(x, y, badge, disc, ink)),
    picture,
    svgLayer(
      `<circle cx="${x}" cy="${y}" r="${disc}" fill="none" stroke="#2a1608" stroke-opacity="0.35" stroke-width="5"/>` +
        frame(ink) +
        `<rect width="100%" height="100%" fill="#c98a3a" fill-opacity="0.06"/>`,
    ),
    await grainLayer(random, 26),
  ]);
  return {
    png,
    placement: { x: spot.x, y: spot.y, size: dishSize / CANVAS },
    photoOnCanvas: photoOnCanvas(photo, aperture, { left: x - disc, top: y - disc }),
    prompt:
      `Retro diner poster: cream paper with fading sun rays and halftone dots, the dish photograph in a notched round badge, ` +
      `double frame, sepia grain, plain paper at the ${headline} for a headline.`,
  };
}

/** Rays from behind the badge; they fade into plain paper where the headline goes. */
function rays(x: number, y: number, colour: string, turn: number, headline: 'top' | 'bottom'): string {
  const reach = CANVAS * 1.5;
  const wedges = Array.from({ length: RAYS }, (_, i) => {
    const from = turn + (i * 2 * Math.PI) / RAYS;
    const to = from + Math.PI / RAYS;
    const point = (angle: number): string =>
      `${(x + reach * Math.cos(angle)).toFixed(1)} ${(y + reach * Math.sin(angle)).toFixed(1)}`;
    return `<path d="M${x} ${y}L${point(from)}L${point(to)}Z"/>`;
  }).join('');
  const [y1, y2] = headline === 'top' ? [0, 1] : [1, 0];
  return (
    `<defs><linearGradient id="f" x1="0" y1="${y1}" x2="0" y2="${y2}"><stop offset="0" stop-color="#fff" stop-opacity="0.12"/>` +
    `<stop offset="0.24" stop-color="#fff" stop-opacity="0.2"/><stop offset="0.42" stop-color="#fff" stop-opacity="0.85"/></linearGradient>` +
    `<mask id="m"><rect width="${CANVAS}" height="${CANVAS}" fill="url(#f)"/></mask></defs><g fill="${colour}" mask="url(#m)">${wedges}</g>`
  );
}

/** Printer's dots that grow towards the corners away from the headline. */
function halftone(colour: string, headline: 'top' | 'bottom'): string {
  const pitch = 22;
  let dots = '';
  for (let row = 0; row * pitch < CANVAS * 0.4; row++) {
    for (let column = 0; column * pitch < CANVAS; column++) {
      const x = column * pitch + (row % 2) * (pitch / 2);
      const depth = row * pitch;
      const corner = Math.min(Math.hypot(x, depth), Math.hypot(CANVAS - x, depth)) / (CANVAS * 0.36);
      if (corner >= 1) continue;
      const y = headline === 'top' ? CANVAS - depth : depth;
      dots += `<circle cx="${x}" cy="${y}" r="${((1 - corner) * 8.5).toFixed(1)}"/>`;
    }
  }
  return `<g fill="${colour}" fill-opacity="0.3">${dots}</g>`;
}

function badgeRing(x: number, y: number, badge: number, disc: number, ink: string): string {
  const notches = 44;
  const outline = Array.from({ length: notches * 2 }, (_, i) => {
    const radius = i % 2 === 0 ? badge : badge * 0.962;
    const angle = (i * Math.PI) / notches;
    return `${(x + radius * Math.cos(angle)).toFixed(1)},${(y + radius * Math.sin(angle)).toFixed(1)}`;
  }).join(' ');
  return (
    `<defs><filter id="b" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="14"/></filter></defs>` +
    `<circle cx="${x}" cy="${y + 16}" r="${badge * 0.97}" fill="#4a2a10" fill-opacity="0.42" filter="url(#b)"/>` +
    `<polygon points="${outline}" fill="${ink}" stroke="${ink}" stroke-width="6" stroke-linejoin="round"/>` +
    `<circle cx="${x}" cy="${y}" r="${badge * 0.925}" fill="none" stroke="${PAPER}" stroke-width="3"/>` +
    `<circle cx="${x}" cy="${y}" r="${disc + 9}" fill="${PAPER}"/>`
  );
}

const frame = (ink: string): string =>
  `<rect x="20" y="20" width="${CANVAS - 40}" height="${CANVAS - 40}" rx="26" fill="none" stroke="${ink}" stroke-width="8"/>` +
  `<rect x="35" y="35" width="${CANVAS - 70}" height="${CANVAS - 70}" rx="16" fill="none" stroke="${ink}" stroke-width="2"/>`;
