import { type Command, InvalidArgumentError } from 'commander';
import { durationMs } from '../../config/duration.js';
import type { SubjectHint } from '../../generation/provider.js';
import { checkHint } from '../../generation/subject-hint.js';

/** What every order takes. */
export const asOrder = (command: Command): Command =>
  command
    .option('--json', 'the whole answer as one line of JSON')
    .option('--note <text>', 'why, for the audit')
    .option(
      '--idempotency-key <key>',
      'given again with the same key, the order is answered again, not carried out again',
    );

/** `10m`, `24h`: to milliseconds. */
export const age = (text: string): number => {
  const milliseconds = durationMs(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError('It must be a duration such as 30s, 10m, 24h or 7d.');
};

export const outboxId = (text: string): string => {
  if (/^\d{1,18}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a number.');
};

/** `0.5,0.6` or `0.3,0.4,0.4,0.3`. */
export const place = (text: string): SubjectHint => {
  const [x, y, width, height, ...more] = text.split(',').map(Number) as [number, number, number?, number?];
  const hint = width === undefined || height === undefined ? { x, y } : { x, y, width, height };
  try {
    if (more.length > 0 || (width !== undefined && height === undefined)) throw new TypeError('two or four numbers');
    checkHint(hint);
    return hint;
  } catch {
    throw new InvalidArgumentError('It must be x,y or x,y,width,height, as shares of the photo from 0 to 1.');
  }
};
