import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import opentype from 'opentype.js';

export const FONT_FAMILY = 'Pretendard';

/** The cuts that are drawn with; headlines use ExtraBold because advertisements are read at thumb size. */
export type FontCut = 'ExtraBold' | 'SemiBold';

export interface LoadedFont {
  name: string;
  /** Path inside its npm package, the same on every machine. */
  packagePath: string;
  weight: 600 | 800;
  data: Buffer;
  /** Advance width of a text at 1 px font size, in pixels, kerning included. */
  widthOf(text: string): number;
  has(character: string): boolean;
}

/** A text holds characters the font cannot draw. The message names them. */
export class MissingGlyphError extends Error {
  override readonly name = 'MissingGlyphError';
  constructor(readonly characters: string[]) {
    const named = characters.map((character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return `"${character}" (U+${code})`;
    });
    super(`The font ${FONT_FAMILY} has no glyph for ${named.join(', ')}. Remove or replace these characters.`);
  }
}

const loaded = new Map<FontCut, LoadedFont>();

/** Reads a cut of the packaged font; the file is parsed once per process. */
export function loadFont(cut: FontCut): LoadedFont {
  const known = loaded.get(cut);
  if (known !== undefined) return known;
  const packagePath = `pretendard/dist/public/static/alternative/Pretendard-${cut}.ttf`;
  // The package is looked up from this module, so it is found wherever the process was started.
  const root = dirname(createRequire(import.meta.url).resolve('pretendard/package.json'));
  const data = readFileSync(join(root, '..', packagePath));
  const parsed = opentype.parse(data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer);
  const font: LoadedFont = {
    name: `${FONT_FAMILY} ${cut}`,
    packagePath,
    weight: cut === 'ExtraBold' ? 800 : 600,
    data,
    widthOf: (text) => parsed.getAdvanceWidth(text, 1000) / 1000,
    has: (character) => parsed.charToGlyphIndex(character) > 0,
  };
  loaded.set(cut, font);
  return font;
}

/**
 * Makes sure that every character of the text can be drawn; whitespace needs no glyph.
 * @throws MissingGlyphError naming each missing character once.
 */
export function assertGlyphs(text: string, cut: FontCut = 'ExtraBold'): void {
  const font = loadFont(cut);
  const missing = [...new Set(text.normalize('NFC'))].filter(
    (character) => !/\s/u.test(character) && !font.has(character),
  );
  if (missing.length > 0) throw new MissingGlyphError(missing);
}
