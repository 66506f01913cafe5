import { type Logger, pino } from 'pino';

export type { Logger };

/** JSON lines on stderr: stdout belongs to what a command answers (the ready line, `--json`). */
export const createLogger = (service: string, level: string): Logger =>
  pino(
    { level, base: { service }, redact: ['*.password', '*.apiKey', '*.databaseUrl'] },
    pino.destination({ dest: 2, sync: true }),
  );
