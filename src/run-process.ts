import { ConfigurationError } from './config/config.js';

/** Errors whose message alone tells a person what to do; anything else is a bug and shows where. */
const isForPeople = (error: unknown): boolean =>
  error instanceof ConfigurationError || (error instanceof Error && error.name === 'UserError');

/**
 * Runs one of our processes to its end: exit code 0 when it stopped as asked, 1 with a message on stderr otherwise.
 * The channel to a supervisor is let go at the end, because it alone would keep the process alive.
 */
export async function runProcess(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const { message, stack } = error as Error;
    process.stderr.write(`${isForPeople(error) || process.env.LOG_LEVEL !== 'debug' ? message : stack}\n`);
    // What was opened before the failure (pools, listeners) must not keep the process alive.
    process.exit(1);
  }
  if (process.connected) process.disconnect();
}
