import { copyFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScheduler, createWorker, OEM, PSM, type Page, type Scheduler } from 'tesseract.js';
import { alphabetOf } from './alphabet.js';
import { languageFiles } from './language-files.js';
import type { ReadWord } from './merge-readings.js';

export interface LineReading {
  text: string;
  /** 0..1 */
  confidence: number;
  words: ReadWord[];
}

/** One model at work; calls wait for a free worker. `line` is a PNG of one line, black on white. */
export type Recogniser = (line: Buffer) => Promise<LineReading>;

export interface Recognisers {
  korean: Recogniser;
  /** Korean and Latin letters. */
  mixed: Recogniser;
  /** Korean by the older engine, which compares shapes and knows the rare syllables too; started at its first use. */
  shapes: Recogniser;
  /** Whether the Korean model can answer with this character at all. */
  knows(character: string): boolean;
  close(): Promise<void>;
}

/** @throws Error when the packaged language data is missing. */
export async function startRecognisers(workers: number): Promise<Recognisers> {
  const data = await gatherLanguageData();
  const alphabet = alphabetOf(await readFile(join(data.lines, 'kor.traineddata.gz')));
  const [korean, mixed] = await Promise.all([
    startWorkers(['kor'], workers, data.lines, OEM.LSTM_ONLY),
    startWorkers(['kor', 'eng'], workers, data.lines, OEM.LSTM_ONLY),
  ]);
  let shapes: Promise<Scheduler> | null = null;
  return {
    korean: (line) => recognise(korean, line),
    mixed: (line) => recognise(mixed, line),
    async shapes(line) {
      shapes ??= startWorkers(['kor'], 1, data.shapes, OEM.TESSERACT_ONLY);
      return recognise(await shapes, line);
    },
    knows: (character) => alphabet.has(character),
    async close() {
      for (const started of [korean, mixed, shapes]) await (await started)?.terminate();
      await rm(data.root, { recursive: true, force: true });
    },
  };
}

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
  /** Folder with Korean for the older engine. */
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
