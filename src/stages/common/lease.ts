import { createHash, randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from '../../db/pool.js';
import { keepRenewing } from '../../db/renewal.js';
import { busy, conflict, Refusal } from './refusal.js';

/** How long a lease lives without a sign of its holder; renewed each second while the work runs. */
const LEASE_MS = 4_000;
const RENEWAL_MS = 1_000;

/** What makes two calls equal. */
export interface CallIdentity {
  key: string;
  endpoint: string;
  requestHash: string;
  jobId: string;
}

export interface Lease {
  /**
   * Locks the lease within the final transaction.
   * @throws Refusal 409 when another caller has taken it over: this one woke up late and may change nothing.
   */
  confirm(client: PoolClient): Promise<void>;
  /** Keeps the answer, for replays. */
  save(client: PoolClient, answer: object): Promise<void>;
  /** Forgets the call, as part of the final transaction. */
  forget(client: PoolClient): Promise<void>;
  /** Ends the renewals; with `release` the next caller need not wait for the lease to run out. */
  end(options: { release: boolean }): Promise<void>;
}

/** Equal for equal requests, whatever the order of their keys. */
export const hashRequest = (endpoint: string, body: object): string =>
  createHash('sha256')
    .update(`${endpoint}\n${canonical(body)}`)
    .digest('hex');

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

interface AnswerRow {
  request_hash: string;
  body: object | null;
  is_saved: boolean;
  is_live: boolean;
}

const findAnswer = async (pool: Pool, key: string): Promise<AnswerRow | undefined> => {
  const { rows } = await pool.query<AnswerRow>(
    `select request_hash, body, saved_at is not null as is_saved, lease_until > clock_timestamp() as is_live
       from pipeline.answers where idempotency_key = $1`,
    [key],
  );
  return rows[0];
};

/** The saved answer of an equal call; undefined when there is none. @throws Refusal 422 for the key of another call. */
export async function findSavedAnswer(pool: Pool, call: CallIdentity): Promise<object | undefined> {
  const known = await findAnswer(pool, call.key);
  if (!known?.is_saved) return undefined;
  refuseOtherParameters(known, call);
  return known.body ?? {};
}

const refuseOtherParameters = (known: AnswerRow, call: CallIdentity): void => {
  if (known.request_hash !== call.requestHash) {
    throw new Refusal(422, 'Idempotency-Key was already used for a call with other parameters');
  }
};

/**
 * Takes the right to perform a call for at most `longestMs`, or hands back the answer that was saved meanwhile.
 * @throws Refusal 409 with Retry-After while another caller performs it, 422 when the key belongs to another call.
 */
export async function takeLease(
  pool: Pool,
  call: CallIdentity,
  longestMs: number,
): Promise<{ lease: Lease } | { answer: object }> {
  const token = randomUUID();
  const taken = await pool.query(
    `insert into pipeline.answers as a (idempotency_key, job_id, endpoint, request_hash, lease_token, lease_until)
     values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 ms')
     on conflict (idempotency_key) do update
       set job_id = excluded.job_id, endpoint = excluded.endpoint, request_hash = excluded.request_hash,
           lease_token = excluded.lease_token, lease_until = excluded.lease_until
     where a.saved_at is null and a.lease_until <= clock_timestamp()`,
    [call.key, call.jobId, call.endpoint, call.requestHash, token, LEASE_MS],
  );
  if (taken.rowCount === 1) return { lease: hold(pool, call.key, token, longestMs) };
  const known = await findAnswer(pool, call.key);
  if (!known) throw busy('An equal call has just ended; ask again');
  refuseOtherParameters(known, call);
  if (known.is_saved) return { answer: known.body ?? {} };
  throw busy('An equal call is being performed; ask again shortly');
}

const hold = (pool: Pool, key: string, token: string, longestMs: number): Lease => {
  const lastRenewal = performance.now() + longestMs;
  const renewal = keepRenewing(RENEWAL_MS, async () => {
    // Work that hangs would hold its key for ever; its caller has given up by now. From here on anybody may take over.
    if (performance.now() > lastRenewal) return renewal.stop();
    await pool.query(
      `update pipeline.answers set lease_until = clock_timestamp() + $3 * interval '1 ms'
        where idempotency_key = $1 and lease_token = $2 and saved_at is null`,
      [key, token, LEASE_MS],
    );
  });

  return {
    async confirm(client) {
      // From here to the commit the row is locked, which keeps others out, and would make each renewal wait for us.
      renewal.stop();
      const { rows } = await client.query<{ lease_token: string; is_saved: boolean }>(
        `select lease_token, saved_at is not null as is_saved from pipeline.answers where idempotency_key = $1 for update`,
        [key],
      );
      if (rows[0]?.lease_token !== token || rows[0].is_saved) {
        throw conflict('Another caller has taken this call over; nothing was written');
      }
    },
    async save(client, answer) {
      await client.query(
        `update pipeline.answers set status_code = 200, body = $2, saved_at = clock_timestamp() where idempotency_key = $1`,
        [key, JSON.stringify(answer)],
      );
    },
    async forget(client) {
      await client.query('delete from pipeline.answers where idempotency_key = $1', [key]);
    },
    async end({ release }) {
      renewal.stop();
      if (!release) return;
      await pool
        .query('delete from pipeline.answers where idempotency_key = $1 and lease_token = $2 and saved_at is null', [
          key,
          token,
        ])
        .catch(() => {}); // it runs out by itself
    },
  };
};
