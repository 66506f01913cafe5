import type { OverlayOptions } from 'sharp';
import { relativeLuminance, type Rgb } from './contrast.js';
import type { Ink } from './ink.js';
import { DARK, WHITE } from './legibility.js';
import { sharp } from './sharp.js';

/** The glyphs in their colour over a faint halo of the opposite tone, which keeps edges crisp on mid-tones. */
export async function textLayers(
  ink: Ink,
  region: { x: number; y: number },
  colour: Rgb,
  fontSize: number,
): Promise<OverlayOptions[]> {
  const size = { width: ink.width, height: ink.height };
  const halo = relativeLuminance(colour) > 0.2 ? DARK : WHITE;
  const coverage = sharp(ink.coverage, { raw: { ...size, channels: 1 } });
  const soft = await coverage
    .clone()
    .blur(Math.max(1, fontSize * 0.07))
    .linear(0.38, 0)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const layer = async (rgb: Rgb, alpha: Uint8Array): Promise<OverlayOptions> => ({
    input: await sharp({ create: { ...size, channels: 3, background: rgb } })
      .joinChannel(Buffer.from(alpha.buffer, alpha.byteOffset, alpha.length), { raw: { ...size, channels: 1 } })
      .png({ compressionLevel: 1 })
      .toBuffer(),
    left: region.x,
    top: region.y,
  });
  return [await layer(halo, soft), await layer(colour, ink.coverage)];
}
