import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { inTransaction, type Pool, type PoolClient } from '../db/pool.js';

export type Scope = 'read' | 'operate';

export interface ApiKey {
  keyId: string;
  name: string;
  scope: Scope;
  /** The one tenant whose things it opens; null for all of them. */
  tenantId: string | null;
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** A name that cannot be used, or a key that is not there; the message is for people. */
export class KeyTrouble extends Error {
  override readonly name = 'KeyTrouble';
}

/** Recognisable in a log or a commit, for those who look for leaked keys. */
const PREFIX = 'fai_';

/** Keys are random throughout, so a plain digest tells nothing; the index finds it without comparing secrets. */
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const COLUMNS = `key_id as "keyId", name, scope, tenant_id as "tenantId", created_by as "createdBy", created_at as "createdAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

/**
 * Makes a key. The secret is in the answer and nowhere else.
 * @throws KeyTrouble when an unrevoked key bears the name.
 */
export const createKey = (
  pool: Pool,
  { name, scope, tenantId = null, actor }: { name: string; scope: Scope; tenantId?: string | null; actor: string },
): Promise<{ key: ApiKey; secret: string }> =>
  inTransaction(pool, async (db) => {
    const secret = PREFIX + randomBytes(32).toString('base64url');
    const { rows } = await db.query<ApiKey>(
      `insert into pipeline.api_keys (key_id, name, key_hash, scope, tenant_id, created_by) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning ${COLUMNS}`,
      [randomUUID(), name, digest(secret), scope, tenantId, actor],
    );
    const key = rows[0];
    if (!key) throw new KeyTrouble(`there is a key named "${name}" already; revoke it first or choose another name`);
    await writeAudit(db, { actor, action: 'create key', tenantId, before: null, after: { name, scope, tenantId } });
    return { key, secret };
  });

export const listKeys = async (pool: Pool): Promise<ApiKey[]> =>
  (await pool.query<ApiKey>(`select ${COLUMNS} from pipeline.api_keys order by created_at`)).rows;

/** From the next request on the key opens nothing, and neither do browsers that signed in with it. @throws KeyTrouble */
export const revokeKey = (pool: Pool, { name, actor }: { name: string; actor: string }): Promise<ApiKey> =>
  inTransaction(pool, async (db) => {
    const { rows } = await db.query<ApiKey>(
      `update pipeline.api_keys set revoked_at = clock_timestamp() where name = $1 and revoked_at is null returning ${COLUMNS}`,
      [name],
    );
    const key = rows[0];
    if (!key) throw new KeyTrouble(`there is no key named "${name}" to revoke`);
    await db.query('delete from pipeline.sessions where key_id = $1', [key.keyId]);
    const { scope, tenantId } = key;
    await writeAudit(db, { actor, action: 'revoke key', tenantId, before: { name, scope, tenantId }, after: null });
    return key;
  });

export const hasKeys = async (pool: Pool): Promise<boolean> =>
  (await pool.query('select from pipeline.api_keys where revoked_at is null limit 1')).rowCount === 1;

export interface KeyHolder {
  keyId: string;
  name: string;
  scope: Scope;
  tenantId: string | null;
}

/** Whose key this is; undefined for one that opens nothing. */
export async function findKey(pool: Pool, secret: string): Promise<KeyHolder | undefined> {
  const { rows } = await pool.query<KeyHolder & { isStale: boolean }>(
    `select key_id as "keyId", name, scope, tenant_id as "tenantId",
            coalesce(last_used_at < clock_timestamp() - interval '1 minute', true) as "isStale"
       from pipeline.api_keys where key_hash = $1 and revoked_at is null`,
    [digest(secret)],
  );
  const found = rows[0];
  if (!found) return undefined;
  // Once a minute is enough to know whether a key is still in use.
  if (found.isStale)
    await pool.query('update pipeline.api_keys set last_used_at = clock_timestamp() where key_id = $1', [found.keyId]);
  const { isStale: _, ...holder } = found;
  return holder;
}

const writeAudit = (
  db: PoolClient,
  entry: { actor: string; action: string; tenantId: string | null; before: object | null; after: object | null },
) =>
  db.query('insert into pipeline.audit (actor, action, tenant_id, before, after) values ($1, $2, $3, $4, $5)', [
    entry.actor,
    entry.action,
    entry.tenantId,
    entry.before && JSON.stringify(entry.before),
    entry.after && JSON.stringify(entry.after),
  ]);
