import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createScheduler, createWorker, OEM, PSM, type Scheduler } from 'tesseract.js';
import { type Box, toPixels } from './geometry.js';
import { sharp } from './sharp.js';
import { findTextLines, type Grey, type Polarity, strokeStrength, type TextLine } from './text-lines.js';

/** Width of the picture on which lines are looked for, in pixels. */
const SEARCH_WIDTH = 560;
/** Letters of about this height are what the recogniser was trained on; larger ones are read worse. */
const LETTER_HEIGHT = 32;
/** A line read with less confidence than this is noise taken for letters. */
const LEAST_CONFIDENCE = 0.4;
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
  const languageData = await gatherLanguageData();
  const korean = await startWorkers(['kor'], options.workers, languageData);
  let mixed: Promise<Scheduler> | null = null;
  const recognise = async (scheduler: Scheduler, line: Buffer): Promise<LineReading> => {
    const { data } = await scheduler.addJob('recognize', line);
    return { text: data.text.replace(/\s+/gu, ' ').trim(), confidence: data.confidence / 100 };
  };
  const readLine = async (line: Buffer): Promise<LineReading> => {
    const inKorean = await recognise(korean, line);
    if (inKorean.confidence >= SURE_CONFIDENCE && !/[A-Za-z]/u.test(inKorean.text)) return inKorean;
    mixed ??= startWorkers(['kor', 'eng'], 1, languageData);
    const inBoth = await recognise(await mixed, line);
    return inBoth.confidence > inKorean.confidence ? inBoth : inKorean;
  };
  return {
    readLines: (picture, region) => readRegion(picture, region, readLine),
    async close() {
      await korean.terminate();
      if (mixed !== null) await (await mixed).terminate();
      await rm(languageData, { recursive: true, force: true });
    },
  };
}

interface LineReading {
  text: string;
  confidence: number;
}

/** The recogniser wants all languages in one folder, the packages bring one folder each. */
async function gatherLanguageData(): Promise<string> {
  const require = createRequire(import.meta.url);
  const sources = ['kor', 'eng'].map((language) => {
    const root = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
    return { from: join(root, '4.0.0_best_int', `${language}.traineddata.gz`), name: `${language}.traineddata.gz` };
  });
  // A missing file would be thrown outside of any promise and end the process, so it is looked for first.
  for (const { from, name } of sources) {
    await stat(from).catch(() => {
      throw new Error(`The language data ${name} is missing from node_modules; run npm ci.`);
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'ocr-languages-'));
  for (const { from, name } of sources) await copyFile(from, join(folder, name));
  return folder;
}

async function startWorkers(languages: string[], count: number, languageData: string): Promise<Scheduler> {
  const scheduler = createScheduler();
  for (let i = 0; i < Math.max(1, count); i++) {
    const worker = await createWorker(languages, OEM.LSTM_ONLY, {
      langPath: languageData,
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
  readLine: (line: Buffer) => Promise<LineReading>,
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
  readLine: (line: Buffer) => Promise<LineReading>,
): Promise<ReadText> {
  const found: LineReading[] = [];
  for (const line of guess.lines) {
    const reading = await readLine(await prepareLine(picture, area, search, guess.polarity, line));
    if (isWriting(reading)) found.push(reading);
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

/** One line as the recogniser likes it: letters 32 px tall, black on white, with a white margin. */
async function prepareLine(
  picture: Buffer,
  area: Box,
  search: Grey,
  polarity: Polarity,
  line: TextLine,
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
  const grey = await greyOf(picture, crop, LETTER_HEIGHT / (line.box.height * scale));
  const strokes = strokeStrength(grey, polarity, reachFor(LETTER_HEIGHT));
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
