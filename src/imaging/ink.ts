import { renderAsync } from '@resvg/resvg-js';
import satori from 'satori';
import type { LoadedFont } from './fonts.js';
import type { Box } from './geometry.js';

/** Drawn text without colour: how much of every pixel is covered, 0..255, row-major. */
export interface Ink {
  width: number;
  height: number;
  coverage: Uint8Array;
  /** Pixel bounds of everything drawn; null when nothing was. */
  box: Box | null;
  /** True when ink reaches the edge, which means that some of it may be cut off. */
  touchesEdge: boolean;
}

/** Lines in one face and size. */
export interface TextBlock {
  lines: string[];
  /** Pixels. */
  fontSize: number;
  /** Line pitch as a multiple of the font size. */
  lineHeight: number;
  font: LoadedFont;
}

/** Sets the blocks below each other, centred in a field of the given size (pixels), and draws their real glyph outlines. */
export async function drawInk(blocks: TextBlock[], { width, height }: { width: number; height: number }): Promise<Ink> {
  // Every line is a flex child of its own that may not wrap: line breaks inside one block come out as wide gaps.
  const children = blocks.flatMap(({ lines, fontSize, lineHeight, font }) =>
    lines.map((line) => ({
      type: 'div',
      key: null,
      props: {
        style: {
          display: 'flex',
          whiteSpace: 'nowrap',
          lineHeight,
          fontSize,
          height: fontSize * lineHeight,
          fontFamily: font.family,
          fontWeight: font.weight,
        },
        children: line,
      },
    })),
  );
  const field = {
    type: 'div',
    key: null,
    props: {
      style: {
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        justifyContent: 'center',
        width: '100%',
        height: '100%',
        color: '#ffffff',
      },
      children,
    },
  };
  const svg = await satori(field, {
    width,
    height,
    embedFont: true,
    fonts: blocks.map(({ font }) => ({ name: font.family, data: font.data, weight: font.weight, style: 'normal' })),
  });
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return inkOf(image.pixels, image.width, image.height);
}

function inkOf(rgba: Buffer, width: number, height: number): Ink {
  const coverage = new Uint8Array(width * height);
  let left = width;
  let top = height;
  let right = -1;
  let bottom = -1;
  for (let i = 0; i < coverage.length; i++) {
    const alpha = rgba[i * 4 + 3] as number;
    coverage[i] = alpha;
    if (alpha < 32) continue;
    const x = i % width;
    const y = (i - x) / width;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  const box = right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  const touchesEdge = box !== null && (left === 0 || top === 0 || right === width - 1 || bottom === height - 1);
  return { width, height, coverage, box, touchesEdge };
}

/** The same ink with the given share of its field's spare height above it, but no closer to an edge than `padding`. */
export function placeInk(ink: Ink, spareAbove: number, padding: number): Ink {
  if (ink.box === null) return ink;
  const spare = ink.height - ink.box.height;
  const margin = Math.min(padding, spare / 2);
  const y = Math.round(Math.min(spare - margin, Math.max(margin, spare * spareAbove)));
  const coverage = new Uint8Array(ink.coverage.length);
  const from = ink.box.y * ink.width;
  // Faint edges of letters reach a pixel beyond the box.
  const rows = ink.coverage.subarray(Math.max(0, from - ink.width), from + (ink.box.height + 1) * ink.width);
  const start = (y - (from > 0 ? 1 : 0)) * ink.width;
  coverage.set(rows.subarray(Math.max(0, -start), coverage.length - Math.max(0, start)), Math.max(0, start));
  return { ...ink, coverage, box: { ...ink.box, y } };
}
