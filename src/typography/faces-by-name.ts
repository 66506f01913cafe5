import { FONT_FACES, type FontFace, nameOfFace } from '../imaging/fonts.js';

/** Words of a tone style's name, and the face that its headlines are set in on pictures that keep no look of their own. */
const BY_TONE: readonly { words: RegExp; face: FontFace }[] = [
  { words: /comfort|emotion|season|lifestyle|warm|cozy|감성|따뜻|포근|집밥|계절|시즌|일상/iu, face: 'Serif' },
  { words: /retro|vintage|story|레트로|빈티지|복고/iu, face: 'SongMyung' },
  { words: /ugc|social|후기|인증/iu, face: 'Black' },
];

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9\p{Script=Hangul}]/gu, '');

/** The face with this name ("Black Han Sans", "blackhan", "Pretendard ExtraBold"); undefined when none is called so. */
export function faceByName(name: string | null | undefined): FontFace | undefined {
  const wanted = plain(name ?? '');
  if (wanted === '') return undefined;
  return (
    FONT_FACES.find((face) => plain(face) === wanted || plain(nameOfFace(face)) === wanted) ??
    FONT_FACES.find((face) => plain(nameOfFace(face)).startsWith(wanted))
  );
}

export const faceForTone = (tone: string | null): FontFace =>
  BY_TONE.find(({ words }) => tone !== null && words.test(tone))?.face ?? 'ExtraBold';
