import { copyFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScheduler, createWorker, OEM, PSM, type Page, type Scheduler } from 'tesseract.js';
import { type Box, toPixels } from './geometry.js';
import { mergeReadings, type ReadWord, SURE_WORD } from './merge-readings.js';
import { alphabetOf } from './ocr-alphabet.js';
import { languageFiles } from './ocr-data.js';
import { sharp } from './sharp.js';
import { findTextLines, type Grey, type Polarity, strokeStrength, type TextLine } from './text-lines.js';

/** Width of the picture on which lines are looked for, in pixels. */
const SEARCH_WIDTH = 560;
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
/** Above this the Korean reading is kept without asking the mixed model. */
const SURE_CONFIDENCE = 0.8;

export interface ReadText {
  /** The lines joined by single spaces; '' when nothing could be read. */
  text: string;
  /** 0..1, weighted by line length; 0 when nothing could be read. */
  confidence: number;
  lines: string[];
}

/** Reads what is written in a part of a picture. It is never told what should be there. */
export interface OcrReader {
  /** `region` in ratios of the picture. Many reads may run at once; they wait for a free worker. */
  readLines(picture: Buffer, region: Box): Promise<ReadText>;
  /** Ends the workers and removes the temporary language data. */
  close(): Promise<void>;
}

/**
 * Starts offline text recognition for Korean, and for Korean with Latin letters at its first need.
 * @throws Error when the packaged language data is missing.
 */
export async function createOcrReader(options: { workers: number }): Promise<OcrReader> {
  const data = await gatherLanguageData();
  const alphabet = alphabetOf(await readFile(join(data.lines, 'kor.traineddata.gz')));
  const korean = await startWorkers(['kor'], options.workers, data.lines, OEM.LSTM_ONLY);
  let shapes: Promise<Scheduler> | null = null;
  let mixed: Promise<Scheduler> | null = null;
  /** Syllables that the Korean model cannot know, from the engine that can; null when there are none. */
  const askShapes = async (own: LineReading, prepare: PrepareLine): Promise<LineReading | null> => {
    shapes ??= startWorkers(['kor'], 1, data.shapes, OEM.TESSERACT_ONLY);
    const other = await recognise(await shapes, await prepare(SHAPE_LETTER_HEIGHT));
    const text = mergeReadings(own.words, other.text, (character) => alphabet.has(character));
    const isSame = text === own.words.map((word) => word.text).join(' ');
    return isSame ? null : { text, confidence: (own.confidence + other.confidence) / 2, words: own.words };
  };
  const readLine = async (prepare: PrepareLine): Promise<LineReading> => {
    const line = await prepare(LETTER_HEIGHT);
    const atOnce = await recognise(korean, line);
    const hasDoubts = atOnce.words.some(({ confidence }) => confidence < SURE_WORD);
    const again = hasDoubts ? await recognise(korean, await prepare(OTHER_LETTER_HEIGHT)) : atOnce;
    const inKorean = again.confidence > atOnce.confidence ? again : atOnce;
    // Of what is no writing at all, shapes make any syllable.
    const isWorthAsking = hasDoubts && inKorean.confidence >= LEAST_CONFIDENCE;
    const mended = isWorthAsking ? await askShapes(inKorean, prepare) : null;
    if (mended !== null) return mended;
    if (inKorean.confidence >= SURE_CONFIDENCE && !/[A-Za-z]/u.test(inKorean.text)) return inKorean;
    mixed ??= startWorkers(['kor', 'eng'], 1, data.lines, OEM.LSTM_ONLY);
    const inBoth = await recognise(await mixed, line);
    return inBoth.confidence > inKorean.confidence ? inBoth : inKorean;
  };
  return {
    readLines: (picture, region) => readRegion(picture, region, readLine),
    async close() {
      await korean.terminate();
      for (const started of [shapes, mixed]) await (await started)?.terminate();
      await rm(data.root, { recursive: true, force: true });
    },
  };
}

interface LineReading {
  text: string;
  confidence: number;
  words: ReadWord[];
}

/** Renders a line with letters of the given height, in pixels. */
type PrepareLine = (letterHeight: number) => Promise<Buffer>;

async function recognise(scheduler: Scheduler, line: Buffer): Promise<LineReading> {
  const { data } = await scheduler.addJob('recognize', line, {}, { text: true, blocks: true });
  return { text: data.text.replace(/\s+/gu, ' ').trim(), confidence: data.confidence / 100, words: wordsOf(data) };
}

const wordsOf = ({ blocks }: Page): ReadWord[] =>
  (blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .flatMap(({ words }) => words)
    .map(({ text, confidence }) => ({ text, confidence: confidence / 100 }));

interface LanguageData {
  root: string;
  /** Folder with the line models (LSTM), Korean and English. */
  lines: string;
  /** Folder with Korean for the older engine, which knows the rare syllables too. */
  shapes: string;
}

/** The recogniser wants all languages of an engine in one folder, the packages bring one folder each. */
async function gatherLanguageData(): Promise<LanguageData> {
  const sources = languageFiles();
  // A missing file would be thrown outside of any promise and end the process, so it is looked for first.
  for (const { from, name } of sources) {
    await stat(from).catch(() => {
      throw new Error(`The language data ${name} is missing from node_modules; run npm ci.`);
    });
  }
  const root = await mkdtemp(join(tmpdir(), 'ocr-languages-'));
  for (const { from, folder, name } of sources) {
    await mkdir(join(root, folder), { recursive: true });
    await copyFile(from, join(root, folder, name));
  }
  return { root, lines: join(root, 'lines'), shapes: join(root, 'shapes') };
}

async function startWorkers(languages: string[], count: number, languageData: string, engine: OEM): Promise<Scheduler> {
  const scheduler = createScheduler();
  for (let i = 0; i < Math.max(1, count); i++) {
    const worker = await createWorker(languages, engine, {
      langPath: languageData,
      legacyCore: engine === OEM.TESSERACT_ONLY,
      legacyLang: engine === OEM.TESSERACT_ONLY,
      cacheMethod: 'none',
      gzip: true,
    });
    await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_LINE, user_defined_dpi: '150' });
    scheduler.addWorker(worker);
  }
  return scheduler;
}

async function readRegion(
  picture: Buffer,
  region: Box,
  readLine: (prepare: PrepareLine) => Promise<LineReading>,
): Promise<ReadText> {
  const { autoOrient } = await sharp(picture).metadata();
  const area = toPixels(region, autoOrient.width, autoOrient.height);
  const search = await greyOf(picture, area, Math.min(1, SEARCH_WIDTH / area.width));
  const guesses = (['light', 'dark'] as const)
    .map((polarity) => guessLines(search, polarity))
    .filter((guess) => guess.lines.length > 0)
    .sort((a, b) => b.weight - a.weight);
  let best: ReadText = { text: '', confidence: 0, lines: [] };
  for (const guess of guesses) {
    const reading = await readGuess(picture, area, search, guess, readLine);
    if (strengthOf(reading) > strengthOf(best)) best = reading;
    // The counter-shapes of letters look like strokes of the other polarity; they are tried only in doubt.
    if (best.confidence >= SURE_CONFIDENCE) break;
  }
  return best;
}

const strengthOf = (reading: ReadText): number => reading.confidence * Math.sqrt([...reading.text].length);

interface Guess {
  polarity: Polarity;
  lines: TextLine[];
  /** Ink times its strength: real letters are drawn to be seen. */
  weight: number;
}

function guessLines(search: Grey, polarity: Polarity): Guess {
  // Bold strokes are about a sixth of the letter height; the reach covers letters as tall as the region.
  const strokes = strokeStrength(search, polarity, reachFor(search.height * 0.62));
  const lines = findTextLines(strokes);
  return { polarity, lines, weight: lines.reduce((sum, line) => sum + line.ink * line.threshold, 0) };
}

const reachFor = (letterHeight: number): number => Math.max(5, Math.round(letterHeight * 0.3)) | 1;

async function readGuess(
  picture: Buffer,
  area: Box,
  search: Grey,
  guess: Guess,
  readLine: (prepare: PrepareLine) => Promise<LineReading>,
): Promise<ReadText> {
  const found: LineReading[] = [];
  const tallest = Math.max(...guess.lines.map(({ box }) => box.height));
  for (const line of guess.lines) {
    const reading = await readLine((letterHeight) =>
      prepareLine(picture, area, search, guess.polarity, line, letterHeight),
    );
    const isLow = line.box.height < tallest * LOW_LINE;
    if (isWriting(reading) && !(isLow && reading.confidence < SURE_CONFIDENCE)) found.push(reading);
  }
  const letters = found.reduce((sum, { text }) => sum + text.length, 0);
  const weighted = found.reduce((sum, { text, confidence }) => sum + confidence * text.length, 0);
  const lines = found.map(({ text }) => text);
  return { text: lines.join(' '), confidence: letters === 0 ? 0 : weighted / letters, lines };
}

/** Textures come out as strings of dashes and quotes; writing is mostly letters and digits. */
function isWriting({ text, confidence }: LineReading): boolean {
  const characters = [...text.replace(/\s/gu, '')];
  const letters = characters.filter((character) => /[\p{L}\p{N}]/u.test(character));
  return confidence >= LEAST_CONFIDENCE && letters.length >= 2 && letters.length >= characters.length * 0.6;
}

/** One line as the recogniser likes it: letters of one height, black on white, with a white margin. */
async function prepareLine(
  picture: Buffer,
  area: Box,
  search: Grey,
  polarity: Polarity,
  line: TextLine,
  letterHeight: number,
): Promise<Buffer> {
  const scale = area.width / search.width;
  const margin = line.box.height * 0.28;
  const x = Math.max(0, Math.floor((line.box.x - margin) * scale));
  const y = Math.max(0, Math.floor((line.box.y - margin * 0.4) * scale));
  const crop = {
    x: area.x + x,
    y: area.y + y,
    width: Math.min(area.width - x, Math.ceil((line.box.width + 2 * margin) * scale)),
    height: Math.min(area.height - y, Math.ceil((line.box.height + 0.8 * margin) * scale)),
  };
  const grey = await greyOf(picture, crop, letterHeight / (line.box.height * scale));
  const strokes = strokeStrength(grey, polarity, reachFor(letterHeight));
  // Soft edges are kept: black where the stroke is surely ink, grey where it fades.
  const full = Math.max(1, line.threshold * 1.5);
  const page = strokes.data.map(
    (value) => 255 - Math.min(255, Math.max(0, ((value - full * 0.3) / (full * 0.6)) * 255)),
  );
  return sharp(page, { raw: { width: strokes.width, height: strokes.height, channels: 1 } })
    .extend({ top: 16, bottom: 16, left: 20, right: 20, background: '#ffffff' })
    .png()
    .toBuffer();
}

async function greyOf(picture: Buffer, area: Box, scale: number): Promise<Grey> {
  const { data, info } = await sharp(picture)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .extract({ left: area.x, top: area.y, width: area.width, height: area.height })
    .resize(Math.max(1, Math.round(area.width * scale)), Math.max(1, Math.round(area.height * scale)), { fit: 'fill' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
