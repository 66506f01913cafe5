import { sharp } from '../../../src/imaging/sharp.js';

export interface Plate {
  /** Ratios of the canvas. */
  x: number;
  y: number;
  radius: number;
  colour?: string;
  ground?: string;
}

/** A plate of food on a table: plain enough to know where everything is. */
export const drawDish = (
  { x, y, radius, colour = '#c8401f', ground = '#e8dcc8' }: Plate,
  side = 720,
): Promise<Buffer> => {
  const [cx, cy, r] = [x * side, y * side, radius * side];
  const crumbs = Array.from({ length: 40 }, (_, i) => {
    const angle = i * 2.4;
    const reach = r * 0.7 * Math.sqrt(i / 40);
    return `<circle cx="${cx + reach * Math.cos(angle)}" cy="${cy + reach * Math.sin(angle)}" r="${r * 0.05}" fill="${i % 2 ? '#f2c14e' : '#4f8a3c'}"/>`;
  });
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="${ground}"/>` +
        `<circle cx="${cx}" cy="${cy}" r="${r}" fill="#7a2a16"/><circle cx="${cx}" cy="${cy}" r="${r * 0.85}" fill="${colour}"/>${crumbs.join('')}</svg>`,
    ),
  )
    .png()
    .toBuffer();
};

export const plainPicture = (colour: string, side = 720): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: colour } })
    .png()
    .toBuffer();
