import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { describeTrouble } from '../../diagnosis/system-facts.js';
import type { Finding } from '../../diagnosis/findings.js';
import { FONT_FACES, missingGlyphs } from '../../imaging/fonts.js';
import { type LanguageFile, languageFiles } from '../../imaging/ocr/language-files.js';
import type { Look } from '../check.js';

type LanguageDataMissing = Extract<Finding, { code: 'language-data-missing' }>;

/** A dish, Latin letters and a price. */
const SAMPLE = '김치찌개 Kimchi 9,900원!';

/** Can this installation draw and read Korean? Every face draws a sample, every language file is unpacked. */
export const lookAtDrawing =
  (files = languageFiles): Look<'drawing'> =>
  async () => {
    const found = languageData(files);
    const data = 'trouble' in found ? [found] : (await Promise.all(found.map(unpacked))).flat();
    const languages = 'trouble' in found ? [] : [...new Set(found.map(({ language }) => language))];
    return { measured: { faces: FONT_FACES.length, languages }, findings: [...FONT_FACES.flatMap(drawn), ...data] };
  };

/** A package that is not installed has no file to look at. */
function languageData(files: typeof languageFiles): LanguageFile[] | LanguageDataMissing {
  try {
    return files();
  } catch (error) {
    return { code: 'language-data-missing', trouble: describeTrouble(error) };
  }
}

function drawn(face: (typeof FONT_FACES)[number]): Finding[] {
  try {
    const missing = missingGlyphs(SAMPLE, face);
    return missing.length === 0
      ? []
      : [{ code: 'fonts-missing', trouble: `${face} has no glyph for ${missing.join(' ')}` }];
  } catch (error) {
    return [{ code: 'fonts-missing', trouble: `${face}: ${describeTrouble(error)}` }];
  }
}

/** The archive carries a checksum of what is in it. */
async function unpacked({ from }: { from: string }): Promise<Finding[]> {
  try {
    await promisify(gunzip)(await readFile(from));
    return [];
  } catch (error) {
    return [{ code: 'language-data-missing', trouble: `${from}: ${describeTrouble(error)}` }];
  }
}
