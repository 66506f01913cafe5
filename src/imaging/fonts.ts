import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import opentype from 'opentype.js';
import type { Box } from './geometry.js';

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
  BlackHan: {
    family: 'Black Han Sans',
    cut: 'Regular',
    path: '@expo-google-fonts/black-han-sans/400Regular/BlackHanSans_400Regular.ttf',
    weight: 900,
  },
  DoHyeon: {
    family: 'Do Hyeon',
    cut: 'Regular',
    path: '@expo-google-fonts/do-hyeon/400Regular/DoHyeon_400Regular.ttf',
    weight: 800,
  },
  Jua: {
    family: 'Jua',
    cut: 'Regular',
    path: '@expo-google-fonts/jua/400Regular/Jua_400Regular.ttf',
    weight: 800,
  },
  BagelFat: {
    family: 'Bagel Fat One',
    cut: 'Regular',
    path: '@expo-google-fonts/bagel-fat-one/400Regular/BagelFatOne_400Regular.ttf',
    weight: 900,
  },
  SongMyung: {
    family: 'Song Myung',
    cut: 'Regular',
    path: '@expo-google-fonts/song-myung/400Regular/SongMyung_400Regular.ttf',
    weight: 700,
  },
  Gaegu: {
    family: 'Gaegu',
    cut: 'Bold',
    path: '@expo-google-fonts/gaegu/700Bold/Gaegu_700Bold.ttf',
    weight: 700,
  },
  NanumPen: {
    family: 'Nanum Pen Script',
    cut: 'Regular',
    path: '@expo-google-fonts/nanum-pen-script/400Regular/NanumPenScript_400Regular.ttf',
    weight: 600,
  },
  /** Has every sign that the others lack: Chinese characters, kana, ℃ ♥ ▶. Slow to load, so loaded only for these. */
  Fallback: {
    family: 'Noto Sans KR',
    cut: 'ExtraBold',
    path: '@expo-google-fonts/noto-sans-kr/800ExtraBold/NotoSansKR_800ExtraBold.ttf',
    weight: 800,
  },
} as const;

export type FontFace = keyof typeof FACES;
export const FONT_FACES = Object.keys(FACES) as FontFace[];

/** Family and cut, without loading the face. */
export const nameOfFace = (face: FontFace): string => `${FACES[face].family} ${FACES[face].cut}`;

/** The face of a recorded name (`LoadedFont.name`); null for one that is not ours. Nothing is loaded. */
export const faceNamed = (name: string): FontFace | null =>
  FONT_FACES.find((face) => nameOfFace(face) === name) ?? null;

/** Path inside its npm package. */
export const pathOfFace = (face: FontFace): string => FACES[face].path;

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
  /** Outlines of a text whose baseline begins at (x, y), as SVG path data, and the pixel bounds of their ink. */
  outlineOf(text: string, x: number, y: number, fontSize: number): { path: string; box: Box };
  has(character: string): boolean;
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
    outlineOf: (text, x, y, fontSize) => {
      const outline = parsed.getPath(text, x, y, fontSize);
      const { x1, y1, x2, y2 } = outline.getBoundingBox();
      return { path: pathData(outline.commands), box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 } };
    },
    has: (character) => parsed.charToGlyphIndex(character) > 0,
  };
  loaded.set(face, font);
  return font;
}

/**
 * SVG path data with a decimal place. Not opentype.js's own `toPathData(1)`: version 2.0.0 writes `NaN` for a coordinate
 * whose fraction is so small that JavaScript prints it with an exponent, and a renderer stops there without a word.
 */
const pathData = (commands: opentype.PathCommand[]): string =>
  commands
    .map((command) => {
      switch (command.type) {
        case 'M':
        case 'L':
          return `${command.type}${place(command.x)} ${place(command.y)}`;
        case 'Q':
          return `Q${place(command.x1)} ${place(command.y1)} ${place(command.x)} ${place(command.y)}`;
        case 'C':
          return `C${place(command.x1)} ${place(command.y1)} ${place(command.x2)} ${place(command.y2)} ${place(command.x)} ${place(command.y)}`;
        case 'Z':
          return 'Z';
      }
    })
    .join('');
const place = (value: number): number => Math.round(value * 10) / 10;

/** Characters of the text that the face cannot draw, each once; whitespace needs no glyph. */
export const missingGlyphs = (text: string, face: FontFace): string[] =>
  [...new Set(text.normalize('NFC'))].filter((character) => !/\s/u.test(character) && !loadFont(face).has(character));
