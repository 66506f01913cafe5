import type { OverlayOptions } from 'sharp';
import { type Size, softLayer, svgLayer } from './canvas.js';
import type { Random } from './random.js';

/** Light from one corner over everything: what joins a cut-out and its ground into one picture. */
export const keyLight = (size: Size, side: number, opacity: number, colour = '#ffdca8'): OverlayOptions => {
  const x = side > 0 ? 0.78 : 0.22;
  return svgLayer(
    size,
    `<defs><radialGradient id="k" cx="${x}" cy="0.16" r="0.85"><stop offset="0" stop-color="${colour}" stop-opacity="${opacity}"/>` +
      `<stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#k)"/>`,
    'screen',
  );
};

/** Darker edges, which lead the eye to the dish. */
export const vignette = (size: Size, at: { x: number; y: number }, dark: string, opacity: number): OverlayOptions =>
  svgLayer(
    size,
    `<defs><radialGradient id="n" cx="${at.x / size.width}" cy="${at.y / size.height}" r="0.78"><stop offset="0.5" stop-color="${dark}" stop-opacity="0"/>` +
      `<stop offset="1" stop-color="${dark}" stop-opacity="${opacity}"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#n)"/>`,
  );

/** Lamps far out of focus, kept out of the headline's room. */
export async function bokeh(
  size: Size,
  random: Random,
  { count, colour, opacity, from, to }: { count: number; colour: string; opacity: number; from: number; to: number },
): Promise<OverlayOptions> {
  const discs = Array.from({ length: count }, () => {
    const x = random.between(-0.05, 1.05) * size.width;
    const y = random.between(from, to);
    return `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${random.between(16, 64).toFixed(0)}" fill="${colour}" fill-opacity="${(random.between(0.3, 1) * opacity).toFixed(2)}"/>`;
  }).join('');
  return softLayer(size, discs, 7, 'screen');
}

/** Sunlight through a window with bars, thrown slantwise across wall and table. */
export async function windowLight(size: Size, side: number, opacity: number): Promise<OverlayOptions> {
  const { width, height } = size;
  const panes = [0, 1, 2].flatMap((row) =>
    [0, 1].map((column) => {
      const x = width * (0.1 + column * 0.25);
      const y = height * (0.02 + row * 0.3);
      return `<path d="M${x} ${y}h${width * 0.22}v${height * 0.26}h${-width * 0.22}z"/>`;
    }),
  );
  const mirror = side > 0 ? `translate(${width} 0) scale(-1 1)` : '';
  return softLayer(
    size,
    `<g transform="${mirror}"><g transform="skewX(-24) translate(${width * 0.16} 0)" fill="#fff1cf" fill-opacity="${opacity}">${panes.join('')}</g></g>`,
    16,
    'soft-light',
  );
}
