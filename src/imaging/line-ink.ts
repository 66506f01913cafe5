import type { LoadedFont } from './fonts.js';
import { sharp } from './sharp.js';

/** How much of every pixel a line of text covers, 0..255, row-major, within the tight box of its ink. */
export interface LineInk {
  width: number;
  height: number;
  data: Uint8Array;
  /** Where the ink begins, in pixels from the start of the baseline. */
  left: number;
}

/** One line in one face, drawn at a size in pixels. Null when the face draws nothing for it. */
export async function inkOfLine(text: string, font: LoadedFont, fontSize: number): Promise<LineInk | null> {
  const { path, box } = font.outlineOf(text, 0, 0, fontSize);
  if (path === '') return null;
  const [left, top] = [Math.floor(box.x), Math.floor(box.y)];
  const width = Math.max(1, Math.ceil(box.x + box.width) - left);
  const height = Math.max(1, Math.ceil(box.y + box.height) - top);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"><rect x="${left}" y="${top}" width="${width}" height="${height}"/><path d="${path}" fill="#fff"/></svg>`;
  const data = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length), left };
}
