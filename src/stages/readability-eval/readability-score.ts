export interface Readability {
  meetsAA: boolean;
  meetsAAA: boolean;
  /** 0..1: 1 from AAA on, 0.5 at AA, 0.5 × ratio / AA below. */
  score: number;
}

/** WCAG 2.1 counts text of 18 pt and more as large; a point is 1.33 px. */
export const isLargeText = (pixels: number | null): boolean => pixels !== null && pixels / 1.33 >= 18;

export function rateContrast(ratio: number, isLarge: boolean): Readability {
  const aa = isLarge ? 3 : 4.5;
  const aaa = isLarge ? 4.5 : 7;
  const score = ratio >= aaa ? 1 : ratio >= aa ? 0.5 + (0.5 * (ratio - aa)) / (aaa - aa) : (0.5 * ratio) / aa;
  return { meetsAA: ratio >= aa, meetsAAA: ratio >= aaa, score };
}
