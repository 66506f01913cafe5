import { type Command, InvalidArgumentError } from 'commander';
import { durationMs } from '../../config/duration.js';
import { isUuid } from '../../db/uuid.js';

/** An id as the tables have it. */
export const id = (text: string): string => {
  if (isUuid(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It must be a UUID, as the tables and the dashboard show it.');
};

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

export const count = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 500) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 to 500.');
};

export const outboxId = (text: string): string => {
  if (/^\d{1,18}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a number.');
};
