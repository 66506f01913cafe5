import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharp } from '../../../src/imaging/sharp.js';

const svg = (width: number, height: number, body: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`);

/** A plate with food on a table, off the middle: 480 x 360, the plate is the ellipse given in pixels. */
export const PLATE = { cx: 200, cy: 190, rx: 120, ry: 100 };
export const drawPlate = (table = '#7a4a26', food = '#c8321c'): Promise<Buffer> =>
  sharp(
    svg(
      480,
      360,
      `<rect width="480" height="360" fill="${table}"/><ellipse cx="${PLATE.cx}" cy="${PLATE.cy}" rx="${PLATE.rx}" ry="${PLATE.ry}" fill="#f2efe8"/>` +
        `<ellipse cx="190" cy="186" rx="74" ry="60" fill="${food}"/><circle cx="216" cy="170" r="24" fill="#f6b21b"/>`,
    ),
  )
    .png()
    .toBuffer();

export const plain = (colour: string, width = 1080, height = 1080): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();

/** Light and dark bars side by side: no single text colour is legible on it. */
export const drawBars = (): Promise<Buffer> => {
  const bars = Array.from(
    { length: 36 },
    (_, i) => `<rect x="${i * 30}" width="30" height="1080" fill="${i % 2 === 0 ? '#ffffff' : '#101010'}"/>`,
  );
  return sharp(svg(1080, 1080, bars.join('')))
    .png()
    .toBuffer();
};

const folder = join(import.meta.dirname, '../../../../shared/photos');

/** Real photos, where the machine has them; the tests hold without them. */
export const realPhotos = (limit: number): { name: string; bytes: Buffer }[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder)
        .filter((name) => name.endsWith('.jpg'))
        .sort()
        .slice(0, limit)
        .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
