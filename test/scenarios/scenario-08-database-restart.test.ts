import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { movedFolderIfAny } from '../../src/stack/postgres-home.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/stack/embedded-postgres.js';
import { JOB_STAGES, VARIANT_STAGES } from '../../workflows/contract.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants } from '../support/invariants.js';
import { assetsIn, insertDish, type RunningStack, startRunningStack } from '../support/running-stack.js';
import { createNamespace, temporalAddress } from '../support/temporal.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'restart-'));
// As root, PostgreSQL runs as another user, who must be able to walk in.
chmodSync(folder, 0o755);
const startPostgres = (port?: number): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir: folder, say: () => {}, durable: false, ...(port && { port }) });

let postgres: EmbeddedPostgres;
let stack: RunningStack;
beforeAll(async () => {
  postgres = await startPostgres();
  stack = await startRunningStack(
    { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: await createNamespace('restart') },
    { databaseUrl: postgres.url },
  );
  // Each stage's last transaction takes so long that the restart always falls into it.
  await stack.foreign.query(`
    create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return new; end $$;
    create trigger linger before update on jobs_variants for each row
      when (new.status = 'done' and old.status = 'running') execute function linger();
    create trigger linger before update on jobs for each row
      when (new.status = 'done' and new.current_step in ('ad_copy_gen_kor', 'instagram_feed_gen')) execute function linger()`);
});
afterAll(async () => {
  await stack?.stop();
  await postgres?.stop();
  const moved = movedFolderIfAny(folder);
  for (const made of [folder, ...(moved ? [moved] : [])]) rmSync(made, { recursive: true, force: true });
});

/** The last transaction of a stage is under way. */
const untilFinishing = (unit: 'jobs' | 'jobs_variants', jobId: string, stage: string): Promise<void> =>
  expect
    .poll(
      async () => {
        const { rows } = await stack.foreign
          .query(
            `select exists (select from ${unit} where job_id = $1 and current_step = $2 and status = 'running')
                and exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep') as is`,
            [jobId, stage],
          )
          .catch(() => ({ rows: [] }));
        return rows[0]?.is ?? false;
      },
      { timeout: 60_000, interval: 50 },
    )
    .toBe(true)
    .then(() => undefined);

it('scenario 8: a database restarted in every one of the eleven stages costs nothing but time', async () => {
  const { jobId, variantIds } = await insertDish(stack.foreign, assetsIn(stack.dataDir), { imageType: 'original' });
  const restarted: string[] = [];
  for (const stage of [...VARIANT_STAGES, ...JOB_STAGES]) {
    await untilFinishing(
      stage === 'ad_copy_gen_kor' || stage === 'instagram_feed_gen' ? 'jobs' : 'jobs_variants',
      jobId,
      stage,
    );
    await postgres.stop();
    postgres = await startPostgres(postgres.port);
    restarted.push(stage);
  }
  await stack.untilFinished([jobId]);
  expect(restarted).toHaveLength(11);
  expect(await effectsOf(stack, jobId)).toEqual(idealEffects(1));
  const { rows } = await stack.foreign.query(
    `select current_step || '/' || status as state, retry_count from jobs_variants where job_variants_id = $1`,
    [variantIds[0]],
  );
  // An outage is no failure of the variant's.
  expect(rows).toEqual([{ state: 'iou_eval/done', retry_count: 0 }]);
  await checkInvariants(stack, [jobId]);
  await expect.poll(() => stack.health(), { timeout: 60_000 }).toMatchObject({ code: 200 });
});
