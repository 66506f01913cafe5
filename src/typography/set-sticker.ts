import { breakLines } from './line-breaks.js';
import type { SetElement } from './blocks.js';
import { outlineOf, unionOf, widthOf } from './outlines.js';
import type { CanvasSize, TextAreas } from './text-areas.js';

/** Of the radius: the rectangle inside a sticker that text may fill. */
const INNER = {
  circle: { width: 1.5, height: 1.1 },
  burst: { width: 1.36, height: 1.0 },
  ticket: { width: 1.8, height: 0.8 },
};
const LEAST = 32;

/** The offer on its sticker, as large as it fits. Null when it is too long for one. */
export function setSticker(
  text: string,
  { sticker, look, colours }: TextAreas,
  { width, height }: CanvasSize,
): SetElement | null {
  if (!sticker) return null;
  const radius = sticker.radius * width;
  const centre = { x: sticker.x * width, y: sticker.y * height };
  const face = look.figures;
  const inner = INNER[look.sticker];
  const room = { width: inner.width * radius, height: inner.height * radius };
  for (let fontSize = Math.min(96, radius * 0.7); fontSize >= LEAST; fontSize -= 2) {
    const broken = breakLines(text, {
      room: room.width / fontSize,
      mostLines: 3,
      measure: (part) => widthOf(part, face),
    });
    const pitch = fontSize * 1.12;
    if (!broken || broken.lines.length * pitch > room.height) continue;
    const lines = broken.lines.map((line, index) => ({
      text: line,
      face,
      fontSize,
      x: centre.x - (widthOf(line, face) * fontSize) / 2,
      baseline: index * pitch,
    }));
    const ink = lines
      .map((line) => outlineOf(line.text, face, line, fontSize).box)
      .reduce((all, box) => unionOf(all, box));
    const shift = centre.y - (ink.y + ink.height / 2);
    const halfHeight = look.sticker === 'ticket' ? radius * 0.58 : radius;
    return {
      slot: 'offer',
      colour: colours.onAccent,
      lines: lines.map((line) => ({ ...line, baseline: line.baseline + shift })),
      badge: {
        shape: look.sticker,
        colour: colours.accent,
        box: { x: centre.x - radius, y: centre.y - halfHeight, width: 2 * radius, height: 2 * halfHeight },
      },
      turn: sticker.turn,
    };
  }
  return null;
}
