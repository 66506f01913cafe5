import { sharp } from './sharp.js';

const SIDE = 32;

/** Two pictures further apart than this are told apart at a glance; a recoloured copy of one stays far below. */
export const GLANCE_DISTANCE = 25;

/**
 * How unlike two pictures are as thumbnails without colour: mean difference of 32 x 32 grey pictures after brightness
 * and contrast are evened out, in grey steps. 0 the same; pictures that have nothing in common are at about 55.
 */
export async function thumbnailDistance(a: Buffer, b: Buffer): Promise<number> {
  const [first, second] = (await Promise.all([a, b].map(evenedThumbnail))) as [number[], number[]];
  return first.reduce((sum, value, i) => sum + Math.abs(value - (second[i] as number)), 0) / first.length;
}

async function evenedThumbnail(picture: Buffer): Promise<number[]> {
  const grey = await sharp(picture)
    .resize(SIDE, SIDE, { fit: 'fill' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const values = [...grey];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => ((value - mean) / Math.max(1, spread)) * 50);
}
