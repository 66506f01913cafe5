import { sharp } from '../../imaging/sharp.js';
import type { Random } from '../random.js';
import { TABLE } from './strokes.js';

export interface TableStyle {
  /** Base colour and the colour of the seams and the grain, '#rrggbb'. */
  wood: string;
  seam: string;
  planks: number;
}

/** A wooden table from above: planks, long grain, light from the upper left. RGB PNG of the table size. */
export async function drawTable(random: Random, { wood, seam, planks }: TableStyle): Promise<Buffer> {
  const tall = TABLE / planks;
  const boards = Array.from({ length: planks }, (_, i) => {
    const shade = random.between(-0.1, 0.1);
    const veil = `fill="${shade > 0 ? '#fff' : '#000'}" fill-opacity="${Math.abs(shade).toFixed(2)}"`;
    const seamLine = `<rect y="${i * tall - 2}" width="${TABLE}" height="4" fill="${seam}" fill-opacity="0.85"/><rect y="${i * tall + 2}" width="${TABLE}" height="2" fill="#fff" fill-opacity="0.14"/>`;
    return `<rect y="${i * tall}" width="${TABLE}" height="${tall}" ${veil}/>${seamLine}`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${TABLE}" height="${TABLE}"><rect width="100%" height="100%" fill="${wood}"/>${boards}</svg>`;
  return sharp(Buffer.from(svg))
    .composite([
      { input: await grain(random, 5, 200, 42), blend: 'soft-light' },
      { input: await grain(random, 20, 420, 24), blend: 'soft-light' },
    ])
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Noise stretched along the boards: few columns, many rows. */
async function grain(random: Random, columns: number, rows: number, strength: number): Promise<Buffer> {
  const noise = Buffer.alloc(columns * rows);
  for (let i = 0; i < noise.length; i++) noise[i] = 128 + (random.next() + random.next() - 1) * strength;
  return sharp(noise, { raw: { width: columns, height: rows, channels: 1 } })
    .resize(TABLE, TABLE, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();
}
