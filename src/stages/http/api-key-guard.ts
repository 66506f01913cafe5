import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** What a monitor and a reader need before they have a key: whether the service lives, and how to call it. */
const OPEN = /^\/(healthz|docs|redoc|openapi\.json)(\/|$)/;

/**
 * Asks every caller for the key once one is configured; without a key the service is open, as the original is, and
 * listens on loopback alone. A caller shows it as `Authorization: Bearer …` or `X-API-Key`.
 */
export const requireApiKey = (apiKey: string | null) => {
  const expected = apiKey === null ? null : digest(apiKey);
  return (request: Request, response: Response, next: NextFunction): void => {
    if (expected === null || OPEN.test(request.path)) return next();
    const shown = shownKey(request);
    // Digests have one length, which the comparison needs, and tell nothing about the key's.
    if (shown !== undefined && timingSafeEqual(digest(shown), expected)) return next();
    response.status(401).setHeader('WWW-Authenticate', 'Bearer').json({ detail: 'Not authenticated' });
  };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const shownKey = (request: Request): string | undefined => {
  const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? request.get('x-api-key');
};
