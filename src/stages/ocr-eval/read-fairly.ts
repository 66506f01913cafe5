import { type FontFace, loadFont } from '../../imaging/fonts.js';
import { seenCharacters } from '../../imaging/ocr/drawn-characters.js';
import type { Raster } from '../../imaging/picture.js';
import type { OcrEngine, ReadText } from '../engines/ocr.js';
import type { DrawnPassage } from './drawn-passages.js';
import { scoreText, type TextScores } from './text-scores.js';
import { countedLetters, withoutUnanswerable } from './unanswerable-signs.js';

/** A reading as good as this is not questioned. */
const READ_WELL = 0.95;
/** One text of the picture: what was read, how it agrees with what was drawn, and by which evidence. */
export interface FairReading {
  slot: string;
  drawn: string;
  /** What the reader answered, unaltered. */
  read: string;
  confidence: number;
  /** Letters that count. */
  letters: number;
  /**
   * `reading`: the reader's answer. `strokes`: the reader failed, but the characters stand there as their face draws
   * them. `nothing`: neither could be asked, and the text does not count.
   */
  decidedBy: 'reading' | 'strokes' | 'nothing';
  scores: TextScores;
}

/**
 * Reads what was drawn and says how well it can be read. The reader is told places and scripts, never a text. Display
 * faces that people read at a glance are beyond it, and it stumbles over single lines of any face. What it fails at is
 * therefore looked at once more without it: whether the strokes of each character stand in the picture, and stand out.
 */
export async function readFairly(ocr: OcrEngine, picture: Raster, drawn: DrawnPassage[]): Promise<FairReading[]> {
  const first = await ocr.read(
    picture,
    drawn.map(({ passage }) => passage),
    'quick',
  );
  const readings: FairReading[] = [];
  for (const [i, text] of drawn.entries()) {
    const reading = rate(text, first[i] as ReadText);
    readings.push(isGood(reading) ? reading : await lookAgain(ocr, picture, text, reading));
  }
  return readings;
}

async function lookAgain(
  ocr: OcrEngine,
  picture: Raster,
  text: DrawnPassage,
  first: FairReading,
): Promise<FairReading> {
  const seen = text.face === null ? null : await byStrokes(picture, text, text.face, first);
  // Reading with more effort costs three times as much and agrees with the strokes: it is for faces that are not known.
  if (seen !== null) {
    const isSeenBetter = seen.scores.characterMatchRate > first.scores.characterMatchRate;
    return isSeenBetter || first.letters === 0 ? seen : first;
  }
  const [thorough] = await ocr.read(picture, [text.around], 'thorough');
  const again = rate(text, thorough as ReadText);
  const better = again.confidence > first.confidence ? again : first;
  return better.letters > 0 ? better : { ...better, decidedBy: 'nothing' };
}

const isGood = ({ letters, scores }: FairReading): boolean => letters > 0 && scores.characterMatchRate >= READ_WELL;

function rate({ slot, lines }: DrawnPassage, { text, confidence }: ReadText): FairReading {
  const drawn = lines.join(' ');
  const compared = withoutUnanswerable(drawn, text);
  const scores = scoreText(compared.drawn, compared.read);
  return { slot, drawn, read: text, confidence, letters: countedLetters(drawn), decidedBy: 'reading', scores };
}

/** Null when the face has no shape for any of the characters. */
async function byStrokes(
  picture: Raster,
  text: DrawnPassage,
  face: FontFace,
  first: FairReading,
): Promise<FairReading | null> {
  const font = loadFont(face);
  const seen = await seenCharacters(picture, text.passage, text.lines, font);
  // Signs of another face stand in the line as well; their shape is not known here.
  const known = text.lines.map((line, i) =>
    [...line].map((character, j) => ({
      character,
      isSeen: seen[i]?.[j] ?? false,
      counts: !/\s/u.test(character) && font.has(character),
    })),
  );
  const counted = known.flat().filter(({ counts }) => counts);
  if (counted.length === 0) return null;
  const found = counted.filter(({ isSeen }) => isSeen).length;
  const words = known.flatMap(wordsOf).filter((word) => word.some(({ counts }) => counts));
  const whole = words.filter((word) => word.every(({ isSeen, counts }) => isSeen || !counts)).length;
  const share = found / counted.length;
  const wordShare = whole / words.length;
  return {
    ...first,
    letters: counted.length,
    decidedBy: 'strokes',
    scores: {
      accuracy: (share + wordShare) / 2,
      characterMatchRate: share,
      wordMatchRate: wordShare,
      editDistance: counted.length - found,
      similarity: share,
    },
  };
}

const wordsOf = <T extends { character: string }>(line: T[]): T[][] =>
  line.reduce<T[][]>(
    (words, letter) => {
      if (/\s/u.test(letter.character)) words.push([]);
      else words.at(-1)?.push(letter);
      return words;
    },
    [[]],
  );
