import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from '../../log.js';
import { answerFor } from './error-answer.js';

/** Turns whatever was thrown into the contract's `{"detail": …}`; only what nobody foresaw is logged as an error. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { status, detail, retryAfterSeconds } = answerFor(asHttp(error));
    if (status === 500) this.log.error({ err: error }, 'a stage call failed');
    else if (status >= 500) this.log.warn({ err: error }, 'a stage call could not be served now');
    if (response.headersSent) return;
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
    response.status(status).json({ detail });
  }
}

const asHttp = (error: unknown): unknown =>
  error instanceof HttpException ? { status: error.getStatus(), cause: error } : error;
