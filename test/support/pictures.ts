import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { packageRoot } from '../../src/config/package-root.js';

/** Real food photos that may stand beside the checkout; empty where they do not. */
export const realPhotos = (): string[] => {
  const folder = path.join(packageRoot, '..', 'shared', 'photos');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => path.join(folder, name));
};

/** A bowl on a table, drawn: enough of a dish for every stage to find something. */
export const drawnDish = (hue = 20): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="700">
         <rect width="900" height="700" fill="hsl(${hue + 15},30%,62%)"/>
         <ellipse cx="450" cy="380" rx="270" ry="210" fill="#f4f1ea"/>
         <ellipse cx="450" cy="365" rx="215" ry="160" fill="hsl(${hue},75%,42%)"/>
         <circle cx="390" cy="340" r="46" fill="#fff"/><circle cx="390" cy="340" r="20" fill="#f6b21b"/>
         <circle cx="520" cy="400" r="30" fill="#2f7d32"/><circle cx="480" cy="300" r="24" fill="#2f7d32"/>
       </svg>`,
    ),
  )
    .jpeg({ quality: 90 })
    .toBuffer();

/** Mean absolute difference of two pictures as small greyscale images, 0..255. */
export async function greyDistance(a: string | Buffer, b: string | Buffer): Promise<number> {
  const [left, right] = await Promise.all(
    [a, b].map((picture) => sharp(picture).greyscale().resize(32, 32, { fit: 'fill' }).raw().toBuffer()),
  );
  let sum = 0;
  for (const [index, value] of (left as Buffer).entries())
    sum += Math.abs(value - ((right as Buffer)[index] as number));
  return sum / (left as Buffer).length;
}
