import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, type Logger, pino } from 'pino';
import { hideSecrets, secretsIn } from './log-secrets.js';

export type { Logger };

/** What a line is about, under the names that people and programs search for in every process. */
export interface LogIds {
  jobId?: string;
  variantId?: string;
  stage?: string;
  workflowId?: string;
  runId?: string;
  attempt?: number;
  /** One call of one process to another, or of somebody outside; on both ends the same. */
  requestId?: string;
}

const context = new AsyncLocalStorage<LogIds>();

/** Everything that is logged while `work` runs, whoever logs it, bears these ids. */
export const logAbout = <T>(ids: LogIds, work: () => T): T => context.run({ ...context.getStore(), ...ids }, work);

/** The ids of what this code is running for. */
export const logIds = (): Readonly<LogIds> => context.getStore() ?? {};

/** Where a secret would stand under its own name. What stands within a text is found by `hideSecrets`. */
const SECRET_FIELDS = ['password', 'apiKey', 'secret', 'databaseUrl', 'authorization', 'cookie', '["x-api-key"]'];

/** JSON lines on stderr: stdout belongs to what a command answers (the ready line, `--json`). */
export function createLogger(
  service: string,
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  const secrets = secretsIn(process.env);
  return pino(
    {
      level,
      base: { service },
      mixin: () => ({ ...context.getStore() }),
      redact: SECRET_FIELDS.flatMap((name) => {
        const field = name.startsWith('[') ? name : `.${name}`;
        return [name, `*${field}`, `*.*${field}`];
      }),
      hooks: { streamWrite: (line) => hideSecrets(line, secrets) },
    },
    destination,
  );
}
