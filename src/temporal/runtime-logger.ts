import type { Logger as TemporalLogger, LogLevel } from '@temporalio/worker';
import type { Logger, LogIds } from '../log.js';
import { idsOfWorkflow } from './log-ids.js';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** The SDK's own messages in our log; its routine ones are details here. */
export function runtimeLogger(log: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta?: Record<string | symbol, unknown>): void =>
    // Activities log through the SDK as well: what they say at `info` is meant to be read.
    log[level === 'INFO' && meta?.sdkComponent === 'activity' ? 'info' : LEVELS[level]](
      { ...idsOf(meta), temporal: meta },
      message,
    );
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}

/** The SDK's names for them, in ours. */
const idsOf = ({ workflowId, runId, activityType: stage, attempt }: Record<string | symbol, unknown> = {}): LogIds => ({
  ...(typeof workflowId === 'string' && idsOfWorkflow(workflowId)),
  ...(typeof runId === 'string' && { runId }),
  ...(typeof stage === 'string' && { stage }),
  ...(typeof attempt === 'number' && { attempt }),
});
