import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Pool } from '../db/pool.js';
import type { KeyHolder } from './keys.js';

/** How long a browser stays signed in, in milliseconds. */
export const SESSION_MS = 12 * 3_600_000;

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Opens a session for the holder of a key; returns what its cookie carries. */
export async function openSession(pool: Pool, { keyId }: KeyHolder): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await pool.query(
    `with ended as (delete from pipeline.sessions where expires_at < clock_timestamp())
     insert into pipeline.sessions (session_hash, key_id, expires_at)
     values ($1, $2, clock_timestamp() + $3 * interval '1 ms')`,
    [digest(token), keyId, SESSION_MS],
  );
  return token;
}

/** Whose session this is; undefined when it has ended or its key was revoked. */
export async function findSession(pool: Pool, token: string): Promise<KeyHolder | undefined> {
  const { rows } = await pool.query<KeyHolder>(
    `select k.key_id as "keyId", k.name, k.scope, k.tenant_id as "tenantId" from pipeline.sessions s join pipeline.api_keys k using (key_id)
      where s.session_hash = $1 and s.expires_at > clock_timestamp() and k.revoked_at is null`,
    [digest(token)],
  );
  return rows[0];
}

export const closeSession = (pool: Pool, token: string): Promise<unknown> =>
  pool.query('delete from pipeline.sessions where session_hash = $1', [digest(token)]);

/**
 * What a page must send along with every mutation. It follows from the cookie, which no other site can read, so nothing
 * has to be kept.
 */
export const csrfTokenOf = (token: string): string => createHmac('sha256', token).update('csrf').digest('base64url');

export const isCsrfToken = (token: string, shown: string | undefined): boolean => {
  const expected = Buffer.from(csrfTokenOf(token));
  const given = Buffer.from(shown ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
};
