import { faceNamed, type FontFace } from '../../imaging/fonts.js';
import type { Box } from '../../imaging/geometry.js';
import type { Passage } from '../../imaging/ocr/passage.js';
import type { Overlay } from '../common/overlays.js';

const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };

/** A text of the picture, as the overlay recorded it, and how the reader is asked for it. */
export interface DrawnPassage {
  slot: string;
  /** As drawn; what was ordered where the record does not say. */
  lines: string[];
  passage: Passage;
  /** Where it is looked for when nothing good was found there. */
  around: Passage;
  /** To compare shapes with; null when the record names none of ours, or several were used. */
  face: FontFace | null;
}

/** What there is to be read. A price that is struck through is not: no recogniser reads through the bar. */
export function drawnPassages(overlay: Overlay, stickerTurn: number): DrawnPassage[] {
  const readable = overlay.elements.filter(({ slot }) => slot !== 'priceWas');
  if (readable.length === 0) return [wholeText(overlay)];
  return readable.map(({ slot, area, lines, box, fontName }) => {
    const passage: Passage = {
      box,
      lines: lines.length,
      letters: lettersOf(lines),
      ...(area === 'sticker' && stickerTurn !== 0 && { turn: stickerTurn }),
    };
    return { slot, lines, passage, around: passage, face: faceNamed(fontName) };
  });
}

/** Overlays that record no single texts have one text, somewhere in their region. */
function wholeText({ text, lines, sublines, region, textBox, fontName }: Overlay): DrawnPassage {
  const drawn = lines.length > 0 ? [...lines, ...sublines] : [text];
  const letters = lettersOf(drawn);
  const around: Passage = { box: region ?? WHOLE, lines: null, letters: letters === 'korean' ? 'any' : letters };
  const isOneFace = lines.length > 0 && sublines.length === 0;
  return {
    slot: 'headline',
    lines: drawn,
    passage: textBox && isOneFace ? { box: textBox, lines: lines.length, letters } : around,
    around,
    face: textBox && isOneFace && fontName !== null ? faceNamed(fontName) : null,
  };
}

/** Digits among Hangul are read by the Korean model too; alone they are read better by the one that knows Latin. */
const lettersOf = (lines: string[]): 'korean' | 'mixed' => {
  const text = lines.join('');
  return /[A-Za-z]/u.test(text) || !/\p{Script=Hangul}/u.test(text) ? 'mixed' : 'korean';
};
