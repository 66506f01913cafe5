import type { Request } from 'express';
import type { Pool } from '../db/pool.js';
import { findKey, hasKeys, type KeyHolder, type Scope } from './keys.js';
import { findSession } from './sessions.js';

export const SESSION_COOKIE = 'feedlyai_session';

/** Who calls, as far as the request shows. */
export interface Caller {
  /** For the audit: `key:<name>`, or `loopback` where nobody has made a key yet. */
  actor: string;
  scope: Scope;
  /** The one tenant whose things the caller may see and change; null for all of them. */
  tenantId: string | null;
  via: 'key' | 'session' | 'loopback';
  /** What the rate limit counts by. */
  id: string;
  /** The cookie's content, for a session. */
  sessionToken?: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);

/** Finds out who calls; undefined for strangers, and for a credential that opens nothing. */
export async function identify(
  request: Request,
  { pool, boundTo }: { pool: Pool; boundTo: string },
): Promise<Caller | undefined> {
  const secret = shownKey(request);
  if (secret !== undefined) {
    const holder = await findKey(pool, secret);
    return holder && { ...asCaller(holder), via: 'key' };
  }
  const sessionToken = cookieOf(request, SESSION_COOKIE);
  const holder = sessionToken === undefined ? undefined : await findSession(pool, sessionToken);
  if (holder && sessionToken !== undefined) return { ...asCaller(holder), via: 'session', sessionToken };
  // A page elsewhere can have its name resolved to this machine, but it cannot lie about the name it asked for.
  if (isLoopbackHost(boundTo) && isLoopbackHost(hostnameOf(request)) && !(await hasKeys(pool)))
    return { actor: 'loopback', scope: 'operate', tenantId: null, via: 'loopback', id: 'loopback' };
  return undefined;
}

const asCaller = ({ keyId, name, scope, tenantId }: KeyHolder): Omit<Caller, 'via'> => ({
  actor: `key:${name}`,
  scope,
  tenantId,
  id: keyId,
});

const shownKey = (request: Request): string | undefined => {
  const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? request.get('x-api-key');
};

const cookieOf = (request: Request, name: string): string | undefined =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim().split('='))
    .find(([key]) => key === name)?.[1];

const hostnameOf = (request: Request): string => (request.headers.host ?? '').replace(/:\d+$/, '');
