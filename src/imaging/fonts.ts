import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import opentype from 'opentype.js';

/**
 * The faces that are drawn with, all under the SIL Open Font License (see NOTICE.md). Headlines are heavy because
 * advertisements are read at thumb size: ExtraBold for most, Serif where the tone is warm, Print where it is old, Black where it is loud.
 */
const FACES = {
  ExtraBold: {
    family: 'Pretendard',
    cut: 'ExtraBold',
    path: 'pretendard/dist/public/static/alternative/Pretendard-ExtraBold.ttf',
    weight: 800,
  },
  SemiBold: {
    family: 'Pretendard',
    cut: 'SemiBold',
    path: 'pretendard/dist/public/static/alternative/Pretendard-SemiBold.ttf',
    weight: 600,
  },
  Serif: {
    family: 'Gowun Batang',
    cut: 'Bold',
    path: '@expo-google-fonts/gowun-batang/700Bold/GowunBatang_700Bold.ttf',
    weight: 700,
  },
  Print: {
    family: 'Nanum Myeongjo',
    cut: 'ExtraBold',
    path: '@expo-google-fonts/nanum-myeongjo/800ExtraBold/NanumMyeongjo_800ExtraBold.ttf',
    weight: 800,
  },
  Black: {
    family: 'Pretendard',
    cut: 'Black',
    path: 'pretendard/dist/public/static/alternative/Pretendard-Black.ttf',
    weight: 900,
  },
} as const;

export type FontFace = keyof typeof FACES;
export const FONT_FACES = Object.keys(FACES) as FontFace[];

/** The face of a recorded name (`LoadedFont.name`); null for one that is not ours. Nothing is loaded. */
export const faceNamed = (name: string): FontFace | null =>
  FONT_FACES.find((face) => `${FACES[face].family} ${FACES[face].cut}` === name) ?? null;

export interface LoadedFont {
  /** Family and cut, for example "Pretendard ExtraBold". */
  name: string;
  family: string;
  /** Path inside its npm package, the same on every machine. */
  packagePath: string;
  weight: 600 | 700 | 800 | 900;
  data: Buffer;
  /** Advance width of a text at 1 px font size, in pixels, kerning included. */
  widthOf(text: string): number;
  has(character: string): boolean;
}

/** A text holds characters the font cannot draw. The message names them. */
export class MissingGlyphError extends Error {
  override readonly name = 'MissingGlyphError';
  constructor(
    readonly characters: string[],
    font: string,
  ) {
    const named = characters.map((character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return `"${character}" (U+${code})`;
    });
    super(`The font ${font} has no glyph for ${named.join(', ')}. Remove or replace these characters.`);
  }
}

const loaded = new Map<FontFace, LoadedFont>();
const require = createRequire(import.meta.url);

/** Reads a packaged face; the file is parsed once per process. */
export function loadFont(face: FontFace): LoadedFont {
  const known = loaded.get(face);
  if (known !== undefined) return known;
  const { family, cut, path, weight } = FACES[face];
  // The package is looked up from this module, so it is found wherever the process was started.
  const name = path.startsWith('@') ? path.split('/').slice(0, 2).join('/') : (path.split('/')[0] as string);
  const data = readFileSync(join(dirname(require.resolve(`${name}/package.json`)), path.slice(name.length + 1)));
  const parsed = opentype.parse(data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer);
  const font: LoadedFont = {
    name: `${family} ${cut}`,
    family,
    packagePath: path,
    weight,
    data,
    widthOf: (text) => parsed.getAdvanceWidth(text, 1000) / 1000,
    has: (character) => parsed.charToGlyphIndex(character) > 0,
  };
  loaded.set(face, font);
  return font;
}

/** Characters of the text that the face cannot draw, each once; whitespace needs no glyph. */
export const missingGlyphs = (text: string, face: FontFace): string[] =>
  [...new Set(text.normalize('NFC'))].filter((character) => !/\s/u.test(character) && !loadFont(face).has(character));

/**
 * Makes sure that every character of the text can be drawn.
 * @throws MissingGlyphError naming each missing character once.
 */
export function assertGlyphs(text: string, face: FontFace = 'ExtraBold'): void {
  const missing = missingGlyphs(text, face);
  if (missing.length > 0) throw new MissingGlyphError(missing, loadFont(face).name);
}
