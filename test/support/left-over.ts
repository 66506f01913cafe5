import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Evidence } from './invariants.js';

/** Connections a pool may hold, as configured by default. */
const POOL_SIZE = 10;

/** I7 and I8: nothing is left of the work but its results. */
export async function nothingIsLeftOver({ foreign, assetsDir, stacks = 1 }: Evidence, jobIds: string[]): Promise<void> {
  const leftOver = async (): Promise<Record<string, number>> =>
    (
      await foreign.query(
        `select (select count(*)::int from pipeline.outbox) as events,
                (select count(*)::int from jobs_variants where status = 'running') as running,
                (select count(*)::int from pipeline.claims where state = 'open') as claims,
                (select count(*)::int from pipeline.answers where saved_at is null) as calls,
                (select count(*)::int from pipeline.runs where open) as runs,
                (select count(*)::int from gen_runs where status in ('queued', 'running')) as generations,
                (select count(*)::int from pipeline.waits join pipeline.jobs using (job_id)
                  where job_id = any($1) and settled_at is null and pipeline.job_is_settled(pipeline.jobs.stage, status)) as waits,
                (select count(*)::int from pg_stat_activity where datname = current_database()
                  and state like 'idle in transaction%') as transactions,
                (pg_notification_queue_usage() * 100)::int as notifications`,
        [jobIds],
      )
    ).rows[0];
  await expect.poll(leftOver, { message: 'I7, I8', timeout: 15_000 }).toEqual({
    events: 0,
    running: 0,
    claims: 0,
    calls: 0,
    runs: 0,
    generations: 0,
    waits: 0,
    transactions: 0,
    notifications: 0,
  });
  const { rows: connections } = await foreign.query<{ name: string; most: number }>(
    `select application_name as name, count(*)::int as most from pg_stat_activity
      where datname = current_database() and application_name like 'feedlyai-%' group by application_name`,
  );
  for (const { name, most } of connections)
    expect(most, `I8: connections of ${name}`).toBeLessThanOrEqual(stacks * POOL_SIZE);

  // A call that was given up may still be writing a file that nobody will want.
  const halfWritten = (): string[] =>
    existsSync(assetsDir)
      ? readdirSync(assetsDir, { recursive: true }).flatMap((file) =>
          path.basename(String(file)).endsWith('.part') ? [String(file)] : [],
        )
      : [];
  await expect.poll(halfWritten, { message: 'I7: temporary files', timeout: 15_000 }).toEqual([]);
}
