import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  ConflictException,
  type ExceptionFilter,
  ForbiddenException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  ServiceUnavailableException,
  UnprocessableEntityException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Response } from 'express';
import { OutOfReach } from '../../auth/reach.js';
import type { Logger } from '../../log.js';
import { UnreadableImageError } from '../../imaging/picture.js';
import type { Outcome } from '../orders.js';
import { TemporalAway } from '../run-control.js';
import { BadOrder, KeyReused, NotFound } from '../trouble.js';

/** An order's answer over HTTP: as it is when it was done, as 409 when it was refused; both say the observed state. */
export async function answered<A extends Outcome>(order: Promise<A>): Promise<A> {
  const answer = await order;
  if (answer.outcome === 'done') return answer;
  throw new ConflictException({ statusCode: 409, error: 'Conflict', message: answer.says, ...answer });
}

/** Puts what the operations throw into HTTP's words. What nobody foresaw is logged, and told without its details. */
@Catch()
export class TroubleFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const answer = toHttp(error);
    if (answer.getStatus() >= 500) this.log.error({ err: error }, 'a request could not be served');
    if (response.headersSent) return void response.end();
    const body = answer.getResponse();
    response
      .status(answer.getStatus())
      .json(typeof body === 'string' ? { statusCode: answer.getStatus(), message: body } : body);
  }
}

const toHttp = (error: unknown): HttpException => {
  if (error instanceof HttpException) return error;
  const { message, status, expose } = error as Error & { status?: number; expose?: boolean };
  if (error instanceof NotFound) return new NotFoundException(message);
  if (error instanceof BadOrder) return new BadRequestException(message);
  if (error instanceof OutOfReach) return new ForbiddenException(message);
  if (error instanceof KeyReused) return new UnprocessableEntityException(message);
  if (error instanceof UnreadableImageError) return new UnsupportedMediaTypeException(message);
  if (error instanceof TemporalAway) return new ServiceUnavailableException(`Temporal cannot be reached: ${message}`);
  // What the body parser refuses: broken JSON, or too much of it.
  if (expose && status !== undefined) return new HttpException({ statusCode: status, message }, status);
  return new InternalServerErrorException();
};
