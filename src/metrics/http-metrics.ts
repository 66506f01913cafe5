import type { NextFunction, Request, Response } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Counts requests and their durations by the names of the contract. The page of metrics itself is not counted. */
export const countRequests = (registry: Registry) => {
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests served',
    labelNames: ['method', 'endpoint', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time until the answer was sent',
    labelNames: ['method', 'endpoint'],
    registers: [registry],
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path === '/metrics') return next();
    const start = performance.now();
    response.once('finish', () => {
      // Only routes that exist become labels: a stranger's guesses must not grow the page.
      const endpoint = typeof request.route?.path === 'string' ? request.route.path : 'unmatched';
      const { method } = request;
      requests.inc({ method, endpoint, status: response.statusCode });
      durations.observe({ method, endpoint }, (performance.now() - start) / 1000);
    });
    next();
  };
};
