import { randomUUID } from 'node:crypto';
import { inTransaction, type Pool, type PoolClient } from '../db/pool.js';
import { keepRenewing } from '../db/renewal.js';
import type { SubjectHint } from './provider.js';

/** How long a lease lives without a sign of its holder; renewed each second while the photo is being prepared. */
const LEASE_MS = 4_000;
const RENEWAL_MS = 1_000;

/** Which photo, of which job, in which generation: what is prepared once. */
export interface PhotoKey {
  jobId: string;
  sourceId: string;
  generation: number;
}

export type PhotoState<Saved> =
  | { kind: 'ours'; lease: PhotoLease<Saved> }
  /** Somebody else is at it; ask again shortly. */
  | { kind: 'busy' }
  | { kind: 'saved'; saved: Saved }
  | { kind: 'refused'; refusal: string };

/** The right to prepare a photo. Only its newest holder may save. */
export interface PhotoLease<Saved> {
  /** When the first attempt began; the day that file names bear. */
  openedAt: Date;
  hint: SubjectHint | null;
  /**
   * Keeps the result for all variants, with the rows that `write` adds, in one transaction.
   * @returns false when another attempt has taken the photo over; then nothing was written.
   */
  save(result: { saved: Saved } | { refusal: string }, write: (db: PoolClient) => Promise<void>): Promise<boolean>;
  /** Ends the renewals; unless something was saved, the next one need not wait for the lease to run out. */
  end(): Promise<void>;
}

interface Row<Saved> {
  lease_token: string;
  opened_at: Date;
  hint: SubjectHint | null;
  prepared: Saved | null;
  refusal: string | null;
}

const KEY = 'job_id = $1 and source_asset_id = $2 and generation = $3';

/** Takes the photo for preparing it, or says who has it or what came of it. `runId` is the row of its run. */
export async function takePhoto<Saved>(pool: Pool, key: PhotoKey, runId: string): Promise<PhotoState<Saved>> {
  const token = randomUUID();
  const ids = [key.jobId, key.sourceId, key.generation];
  const { rows: taken } = await pool.query<Row<Saved>>(
    `insert into pipeline.prepared_photos as p (job_id, source_asset_id, generation, run_id, lease_token, lease_until, hint)
     values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 ms',
             -- An operator who sent a variant back to work may say it anew; else the owner, of the job's own photo.
             coalesce((select e.subject_hint from pipeline.edited_inputs e join jobs_variants v using (job_variants_id)
                        where v.job_id = $1 and e.generation = $3 and e.subject_hint is not null
                        order by e.created_at desc limit 1),
                      (select j.subject_hint from pipeline.jobs j join job_inputs i using (job_id)
               where j.job_id = $1 and i.img_asset_id = $2)))
     on conflict (job_id, source_asset_id, generation) do update
       set lease_token = excluded.lease_token, lease_until = excluded.lease_until
     where p.saved_at is null and p.lease_until <= clock_timestamp()
     returning p.*`,
    [...ids, runId, token, LEASE_MS],
  );
  const ours = taken[0];
  if (ours) return { kind: 'ours', lease: hold(pool, ids, token, ours) };
  const { rows } = await pool.query<Row<Saved>>(`select * from pipeline.prepared_photos where ${KEY}`, ids);
  const row = rows[0];
  if (row?.refusal) return { kind: 'refused', refusal: row.refusal };
  return row?.prepared ? { kind: 'saved', saved: row.prepared } : { kind: 'busy' };
}

/** Has a photo prepared anew whose files are gone. */
export async function forgetPhoto(pool: Pool, key: PhotoKey): Promise<void> {
  await pool.query(
    `update pipeline.prepared_photos set saved_at = null, prepared = null, refusal = null, lease_until = clock_timestamp()
      where ${KEY} and saved_at is not null`,
    [key.jobId, key.sourceId, key.generation],
  );
}

function hold<Saved>(pool: Pool, ids: unknown[], token: string, row: Row<Saved>): PhotoLease<Saved> {
  const setLease = (milliseconds: number) =>
    pool.query(
      `update pipeline.prepared_photos set lease_until = clock_timestamp() + $5 * interval '1 ms'
        where ${KEY} and lease_token = $4 and saved_at is null`,
      [...ids, token, milliseconds],
    );
  const renewal = keepRenewing(RENEWAL_MS, () => setLease(LEASE_MS));

  return {
    openedAt: row.opened_at,
    hint: row.hint,
    save: (result, write) => {
      // The transaction locks the row, which keeps others out, and would make each renewal wait for us.
      renewal.stop();
      return inTransaction(pool, async (db) => {
        const { rowCount } = await db.query(
          `update pipeline.prepared_photos set prepared = $5, refusal = $6, saved_at = clock_timestamp()
            where ${KEY} and lease_token = $4 and saved_at is null`,
          [
            ...ids,
            token,
            'saved' in result ? JSON.stringify(result.saved) : null,
            'refusal' in result ? result.refusal : null,
          ],
        );
        if (rowCount === 0) return false;
        await write(db);
        return true;
      });
    },
    async end() {
      renewal.stop();
      // One that is not ended runs out.
      await setLease(0).catch(() => {});
    },
  };
}
