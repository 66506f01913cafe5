import { gunzipSync } from 'node:zlib';

/** Place of the LSTM model's character list among the parts of a tesseract language file. */
const LSTM_CHARACTERS = 21;

/**
 * Every character the LSTM model of a language file (gzipped) can answer with. The Korean one knows about 1,100 of the
 * 11,172 syllables: what it does not know it reads as something that looks like it, and is only a little unsure.
 */
export function alphabetOf(languageData: Buffer): Set<string> {
  const bytes = gunzipSync(languageData);
  const parts = Array.from({ length: bytes.readInt32LE(0) }, (_, i) => Number(bytes.readBigInt64LE(4 + 8 * i)));
  const start = parts[LSTM_CHARACTERS] ?? -1;
  if (start < 0) throw new Error('The language data holds no LSTM model.');
  const end = parts.slice(LSTM_CHARACTERS + 1).find((offset) => offset > start) ?? bytes.length;
  // One character a line, followed by its properties; the first line is their number.
  const lines = bytes.subarray(start, end).toString('utf8').split('\n').slice(1);
  return new Set(lines.map((line) => line.slice(0, line.indexOf(' '))));
}
