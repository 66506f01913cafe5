import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { packageRoot } from '../config/package-root.js';

/** What `scripts/build.mjs` makes of `web/`. */
const BUILT = path.join(packageRoot, 'dist', 'web');

/** Addresses of the dashboard's pages; the page itself tells them apart. */
const PAGES = /^\/(new|brand|system|jobs\/[^/]+)?$/;

const LANGUAGES = ['en', 'ko'] as const;
const THEMES = ['light', 'dark'] as const;

/**
 * Nothing from elsewhere and nothing inline. Without `upgrade-insecure-requests`: a server without TLS in a shop's own
 * network is used as it is.
 */
const policy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'blob:'],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  },
});

/**
 * The dashboard's files and pages, before every route. Files are named by their content and kept for ever; a page is
 * written in the reader's language and theme, so that neither flashes.
 */
export function serveDashboard(app: NestExpressApplication): void {
  const page = readFileSync(path.join(BUILT, 'index.html'), 'utf8');
  app.useStaticAssets(path.join(BUILT, 'app'), { prefix: '/app/', immutable: true, maxAge: '1y', index: false });
  app.useStaticAssets(BUILT, { maxAge: '1d', index: false });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    if (!isPage || !PAGES.test(request.path) || !request.accepts('html')) return next();
    policy(request, response, (error) => {
      if (error) return next(error);
      response.setHeader('Cache-Control', 'no-cache');
      response.vary('Accept-Language, Cookie');
      response.type('html').send(inWordsOf(request, page));
    });
  });
}

const inWordsOf = (request: Request, page: string): string => {
  const language = cookieOf(request, 'feedlyai_language', LANGUAGES) ?? (request.acceptsLanguages('en', 'ko') || 'en');
  const theme = cookieOf(request, 'feedlyai_theme', THEMES) ?? 'auto';
  return page.replace('<html lang="en" data-theme="auto">', `<html lang="${language}" data-theme="${theme}">`);
};

/** A cookie, if it holds one of the words that are expected: nothing else of it comes into the page. */
function cookieOf(request: Request, name: string, words: readonly string[]): string | undefined {
  const [, value] = new RegExp(`(?:^|; )${name}=(\\w+)`).exec(request.headers.cookie ?? '') ?? [];
  return words.find((word) => word === value);
}
