import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface LanguageFile {
  language: 'kor' | 'eng';
  /** Where the packaged file is; it may be missing. */
  from: string;
  /** `lines` for the newer engine, `shapes` for the older one. */
  folder: 'lines' | 'shapes';
  name: string;
}

const EDITIONS = [
  ['lines', 'kor', '4.0.0_best_int'],
  ['lines', 'eng', '4.0.0_best_int'],
  ['shapes', 'kor', '4.0.0'],
] as const;

const require = createRequire(import.meta.url);

/** What text recognition reads with. @throws when a package is not installed. */
export const languageFiles = (): LanguageFile[] =>
  EDITIONS.map(([folder, language, edition]) => {
    const name = `${language}.traineddata.gz`;
    const root = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
    return { language, from: join(root, edition, name), folder, name };
  });
