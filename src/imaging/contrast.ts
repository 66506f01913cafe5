/** sRGB, 0..255 a channel. */
export interface Rgb {
  r: number;
  g: number;
  b: number;
}

/** One sRGB channel (0..255) as linear light (0..1), by the WCAG 2.1 formula. */
export function linearLight(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** WCAG 2.1 relative luminance: 0 for black, 1 for white. */
export const relativeLuminance = ({ r, g, b }: Rgb): number =>
  0.2126 * linearLight(r) + 0.7152 * linearLight(g) + 0.0722 * linearLight(b);

/** WCAG 2.1 contrast of two luminances, 1 (equal) to 21 (black and white). */
export const luminanceContrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** WCAG 2.1 contrast of two colours, 1 (equal) to 21 (black and white); the order does not matter. */
export const contrastRatio = (a: Rgb, b: Rgb): number => luminanceContrast(relativeLuminance(a), relativeLuminance(b));
