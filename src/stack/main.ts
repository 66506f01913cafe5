import { loadConfig } from '../config/config.js';
import { messageFor } from './error-message.js';
import { exitCodeAfter, onStopSignal } from './stop-signals.js';
import { Supervisor } from './supervisor.js';

/** `npm start`: everything, until told to stop. One line of JSON on stdout when it is up; the rest goes to stderr. */
const STDERR = 2;
const say = (line: string): void => void process.stderr.write(`[stack] ${line}\n`);

// A reader that went away (`npm start | head -1`) is no reason to fall over without stopping things in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

let asked = false;

async function main(): Promise<void> {
  const supervisor = new Supervisor({ config: loadConfig(), env: process.env, say, output: STDERR });
  onStopSignal(
    async (signal) => {
      asked = true;
      say('stopping (again to stop at once)');
      await supervisor.stop();
      process.exit(exitCodeAfter(signal));
    },
    () => supervisor.hurry(),
  );
  const ready = await supervisor.start();
  if (asked) return;
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  say(`everything is up; open ${ready.dashboardUrl}`);
}

try {
  await main();
} catch (error) {
  // A stop in the middle of the start ends the start; the signal's own way out says with which code.
  if (!asked) {
    process.stderr.write(`${messageFor(error)}\n`);
    process.exit(1);
  }
}
