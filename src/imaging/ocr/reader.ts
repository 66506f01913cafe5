import type { Raster } from '../picture.js';
import { type FoundLine, findLines, type Guess, type PrepareLine } from './find-lines.js';
import { mergeReadings, SURE_WORD } from './merge-readings.js';
import type { Passage } from './passage.js';
import { type LineReading, type Recognisers, startRecognisers } from './recognisers.js';

/** Letters of about this height are what the recogniser was trained on; larger ones are read worse. */
const LETTER_HEIGHT = 32;
/** A line read with doubts is read once more at this height: small shifts of the strokes decide between like syllables. */
const OTHER_LETTER_HEIGHT = 40;
/** The older engine compares shapes and wants to see more of them. */
const SHAPE_LETTER_HEIGHT = 48;
/** A line read with less confidence than this is noise taken for letters. */
const LEAST_CONFIDENCE = 0.4;
/** Lines so much lower than the tallest are fine print, or the edge of something; they must be read surely to count. */
const LOW_LINE = 0.5;
/** From here on a reading is kept without trying the other polarity. */
const SURE_CONFIDENCE = 0.8;

export interface ReadText {
  /** The lines joined by single spaces; '' when nothing could be read. */
  text: string;
  /** 0..1, weighted by line length; 0 when nothing could be read. */
  confidence: number;
  lines: string[];
}

/** `quick` reads each line once; `thorough` looks at what it doubts again, larger, and by shapes. */
export type Effort = 'quick' | 'thorough';

/** Reads what is written in parts of a picture. It is never told what should be there. */
export interface OcrReader {
  /** A text for every passage, in their order. Many reads may run at once; they wait for a free worker. */
  read(picture: Raster, passages: Passage[], effort: Effort): Promise<ReadText[]>;
  /** Ends the workers and removes the temporary language data. */
  close(): Promise<void>;
}

/**
 * Starts offline text recognition for Korean and for Korean with Latin letters.
 * @throws Error when the packaged language data is missing.
 */
export async function createOcrReader(options: { workers: number }): Promise<OcrReader> {
  const recognisers = await startRecognisers(options.workers);
  return {
    async read(picture, passages, effort) {
      const texts: ReadText[] = [];
      for (const passage of passages) {
        const readLine = (prepare: PrepareLine): Promise<LineReading> =>
          effort === 'quick'
            ? readOnce(recognisers, passage.letters, prepare)
            : readTwice(recognisers, passage.letters, prepare);
        texts.push(await readPassage(picture, passage, readLine));
      }
      return texts;
    },
    close: () => recognisers.close(),
  };
}

type ReadLine = (prepare: PrepareLine) => Promise<LineReading>;

async function readOnce(
  { korean, mixed }: Recognisers,
  letters: Passage['letters'],
  prepare: PrepareLine,
): Promise<LineReading> {
  const line = await prepare(LETTER_HEIGHT);
  return letters === 'korean' ? korean(line) : mixed(line);
}

async function readTwice(
  recognisers: Recognisers,
  letters: Passage['letters'],
  prepare: PrepareLine,
): Promise<LineReading> {
  const { korean, mixed } = recognisers;
  const line = await prepare(LETTER_HEIGHT);
  const inBoth =
    letters === 'korean' ? null : better(await mixed(line), await mixed(await prepare(OTHER_LETTER_HEIGHT)));
  if (letters === 'mixed' && inBoth) return inBoth;
  const atOnce = await korean(line);
  const hasDoubts = atOnce.words.some(({ confidence }) => confidence < SURE_WORD);
  const inKorean = hasDoubts ? better(atOnce, await korean(await prepare(OTHER_LETTER_HEIGHT))) : atOnce;
  // Of what is no writing at all, shapes make any syllable.
  const isWorthAsking = hasDoubts && inKorean.confidence >= LEAST_CONFIDENCE;
  const mended = isWorthAsking ? await askShapes(recognisers, inKorean, prepare) : null;
  if (mended !== null) return mended;
  return inBoth === null ? inKorean : better(inKorean, inBoth);
}

const better = (a: LineReading, b: LineReading): LineReading => (b.confidence > a.confidence ? b : a);

/** Syllables that the Korean model cannot know, from the engine that can; null when there are none. */
async function askShapes(
  { shapes, knows }: Recognisers,
  own: LineReading,
  prepare: PrepareLine,
): Promise<LineReading | null> {
  const other = await shapes(await prepare(SHAPE_LETTER_HEIGHT));
  const text = mergeReadings(own.words, other.text, knows);
  const isSame = text === own.words.map((word) => word.text).join(' ');
  return isSame ? null : { text, confidence: (own.confidence + other.confidence) / 2, words: own.words };
}

async function readPassage(picture: Raster, passage: Passage, readLine: ReadLine): Promise<ReadText> {
  let best: ReadText = { text: '', confidence: 0, lines: [] };
  for (const guess of await findLines(picture, passage)) {
    const reading = await readGuess(guess, passage.lines, readLine);
    if (strengthOf(reading) > strengthOf(best)) best = reading;
    // The counter-shapes of letters look like strokes of the other polarity; they are tried only in doubt.
    if (best.confidence >= (passage.lines === null ? SURE_CONFIDENCE : LEAST_CONFIDENCE)) break;
  }
  return best;
}

const strengthOf = (reading: ReadText): number => reading.confidence * Math.sqrt([...reading.text].length);

async function readGuess(guess: Guess, known: number | null, readLine: ReadLine): Promise<ReadText> {
  const found: LineReading[] = [];
  const tallest = Math.max(...guess.lines.map(({ height }) => height));
  for (const line of guess.lines) {
    const reading = await readLine((letterHeight) => guess.prepare(line, letterHeight));
    if (isWriting(reading, known !== null) && !isStray(line, reading, tallest, known)) found.push(reading);
  }
  const letters = found.reduce((sum, { text }) => sum + text.length, 0);
  const weighted = found.reduce((sum, { text, confidence }) => sum + confidence * text.length, 0);
  const lines = found.map(({ text }) => text);
  return { text: lines.join(' '), confidence: letters === 0 ? 0 : weighted / letters, lines };
}

const isStray = (line: FoundLine, reading: LineReading, tallest: number, known: number | null): boolean =>
  known === null && line.height < tallest * LOW_LINE && reading.confidence < SURE_CONFIDENCE;

/** Textures come out as strings of dashes and quotes; writing is mostly letters and digits. */
function isWriting({ text, confidence }: LineReading, isKnownPlace: boolean): boolean {
  const characters = [...text.replace(/\s/gu, '')];
  const letters = characters.filter((character) => /[\p{L}\p{N}]/u.test(character));
  const least = isKnownPlace ? 1 : 2;
  return confidence >= LEAST_CONFIDENCE && letters.length >= least && letters.length >= characters.length * 0.6;
}
