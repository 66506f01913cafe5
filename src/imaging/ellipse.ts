import type { Box } from './geometry.js';
import type { Mask } from './mask.js';

/** An upright ellipse in pixels. */
export interface Ellipse {
  cx: number;
  cy: number;
  rx: number;
  ry: number;
}

/** What the fit looks at: Lab values (3 a pixel), how unlike the ground every pixel is, and the picture's size. */
export interface RimEvidence {
  lab: Float32Array;
  distance: Float32Array;
  width: number;
  height: number;
}

const SAMPLES = 48;
const DIRECTIONS = Array.from({ length: SAMPLES }, (_, s) => {
  const angle = ((s + 0.5) / SAMPLES) * 2 * Math.PI;
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
});
/** A step of this size across the rim is as good as any: one glaring reflex must not outvote the rest. */
const FULL_STEP = 22;

/**
 * The plate or bowl around a blob of food: of all upright ellipses about the blob's box the one along whose rim the
 * colour changes most and beyond which the ground begins. The search is symmetric, so a mirrored picture gives the
 * mirrored ellipse.
 * @returns the ellipse and its score: 0 no rim at all .. 1 a clear rim all round.
 */
export function fitRim(evidence: RimEvidence, box: Box): { ellipse: Ellipse; score: number } {
  const start = { cx: box.x + box.width / 2, cy: box.y + box.height / 2, rx: box.width / 2, ry: box.height / 2 };
  let best = { ellipse: start, score: rimScore(evidence, start) };
  const consider = (ellipse: Ellipse): void => {
    const score = rimScore(evidence, ellipse);
    if (score > best.score) best = { ellipse, score };
  };
  const shifts = [0, -0.12, 0.12, -0.24, 0.24];
  const growths = [1, 0.92, 1.1, 1.22, 1.36, 1.52, 1.7];
  for (const dy of shifts)
    for (const dx of shifts)
      for (const gy of growths)
        for (const gx of growths) {
          consider({
            cx: start.cx + dx * start.rx * 2,
            cy: start.cy + dy * start.ry * 2,
            rx: start.rx * gx,
            ry: start.ry * gy,
          });
        }
  for (const step of [0.05, 0.025, 0.012]) {
    const { cx, cy, rx, ry } = best.ellipse;
    for (const a of [0, -1, 1])
      for (const b of [0, -1, 1])
        for (const c of [0, -1, 1])
          for (const d of [0, -1, 1]) {
            consider({
              cx: cx + a * step * rx,
              cy: cy + b * step * ry,
              rx: rx * (1 + c * step),
              ry: ry * (1 + d * step),
            });
          }
  }
  return best;
}

function rimScore({ lab, distance, width, height }: RimEvidence, { cx, cy, rx, ry }: Ellipse): number {
  let sum = 0;
  for (const { cos, sin } of DIRECTIONS) {
    // The rim's normal, for steps straight across it.
    const length = Math.sqrt((cos / rx) ** 2 + (sin / ry) ** 2);
    const nx = cos / rx / length;
    const ny = sin / ry / length;
    const pixel = (out: number): number => {
      const x = Math.floor(cx + cos * rx + nx * out);
      const y = Math.floor(cy + sin * ry + ny * out);
      return x < 0 || y < 0 || x >= width || y >= height ? -1 : y * width + x;
    };
    const inside = pixel(-2.5);
    const outside = pixel(2.5);
    const beyond = pixel(6);
    if (inside < 0 || outside < 0) continue;
    const dl = (lab[inside * 3] as number) - (lab[outside * 3] as number);
    const da = (lab[inside * 3 + 1] as number) - (lab[outside * 3 + 1] as number);
    const db = (lab[inside * 3 + 2] as number) - (lab[outside * 3 + 2] as number);
    const step = Math.min(1, Math.sqrt(dl * dl + da * da + db * db) / FULL_STEP);
    const foreign = beyond < 0 ? 0 : Math.min(1, (distance[beyond] as number) / 40);
    sum += step * (1 - 0.6 * foreign);
  }
  return sum / SAMPLES;
}

/** The part of the ellipse that lies in a picture of the given size. */
export function fillEllipse({ cx, cy, rx, ry }: Ellipse, width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const dy = (y + 0.5 - cy) / ry;
    if (Math.abs(dy) >= 1) continue;
    const half = rx * Math.sqrt(1 - dy * dy);
    const from = Math.max(0, Math.round(cx - half));
    const to = Math.min(width, Math.round(cx + half));
    if (to > from) data.fill(255, y * width + from, y * width + to);
  }
  return { width, height, data };
}
