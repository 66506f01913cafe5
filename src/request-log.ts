import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { pinoHttp } from 'pino-http';
import { type Logger, logAbout } from './log.js';

/** What a caller may choose: it stands in headers and logs. */
const REQUEST_ID = /^[\w.:/-]{1,128}$/;
/** Asked every few seconds by those who watch. */
const WATCHED = /^\/(healthz|health|health\/ready|metrics)$/;

/** The path alone: what follows it may hold anything. */
const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] as string;

/**
 * Gives every request an id, its caller's own (`X-Request-Id`) where that can be used, answers with it, and puts it on
 * whatever is logged on the request's behalf. The request itself is logged as a detail, or as a warning when it failed.
 */
export const logRequests = (log: Logger) => {
  const logRequest = pinoHttp({
    logger: log,
    genReqId(request, response) {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    // Said below, without headers and what else might hold a secret.
    serializers: { req: () => undefined, res: () => undefined },
    autoLogging: { ignore: (request) => WATCHED.test(pathOf(request)) },
    customLogLevel: (_request, { statusCode }, error) => (error || statusCode >= 500 ? 'warn' : 'debug'),
    customSuccessObject: (request, response, { responseTime }) => describe(request, response.statusCode, responseTime),
    customErrorObject: (request, response, error, { responseTime }) => ({
      err: error,
      ...describe(request, response.statusCode, responseTime),
    }),
    customSuccessMessage: () => 'request served',
    customErrorMessage: () => 'request failed',
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    logRequest(request, response);
    logAbout({ requestId: String(request.id) }, next);
  };
};

const describe = (request: IncomingMessage, status: number, milliseconds: number) => ({
  requestId: String(request.id),
  method: request.method,
  path: pathOf(request),
  status,
  milliseconds,
});
