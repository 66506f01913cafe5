import { type Command, InvalidArgumentError } from 'commander';
import { validate } from 'uuid';

/** An id as the tables have it. */
export const id = (text: string): string => {
  if (validate(text)) return text.toLowerCase();
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
