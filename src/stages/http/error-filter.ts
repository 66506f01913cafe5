import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger, LogIds } from '../../log.js';
import { answerFor } from './error-answer.js';

/** Turns whatever was thrown into the contract's `{"detail": …}`; only what nobody foresaw is logged as an error. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const { status, detail, retryAfterSeconds } = answerFor(asHttp(error));
    const about = { err: error, ...idsOf(http.getRequest<Request>()) };
    if (status === 500) this.log.error(about, 'a stage call failed');
    else if (status >= 500) this.log.warn(about, 'a stage call could not be served now');
    if (response.headersSent) return;
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
    response.status(status).json({ detail });
  }
}

const asHttp = (error: unknown): unknown =>
  error instanceof HttpException ? { status: error.getStatus(), cause: error } : error;

/** As the caller named them; a call may fail before its rows were found. */
const idsOf = ({ body, path }: Request): LogIds & { path: string } => {
  const { job_id: jobId, job_variants_id: variantId } = (body ?? {}) as Record<string, unknown>;
  return {
    ...(typeof jobId === 'string' && { jobId }),
    ...(typeof variantId === 'string' && { variantId }),
    path,
  };
};
