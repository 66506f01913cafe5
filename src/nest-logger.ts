import type { LoggerService } from '@nestjs/common';
import type { Logger } from './log.js';

/** Nest's own messages in our log; its routine ones (routes mapped, modules loaded) are details here. */
export const nestLogger = (log: Logger): LoggerService => ({
  log: (message, context) => log.debug({ context }, String(message)),
  debug: (message, context) => log.debug({ context }, String(message)),
  verbose: (message, context) => log.trace({ context }, String(message)),
  warn: (message, context) => log.warn({ context }, String(message)),
  error: (message, stack, context) => log.error({ context, stack }, String(message)),
});
