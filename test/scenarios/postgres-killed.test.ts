import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { movedFolderIfAny } from '../../src/stack/postgres-home.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/stack/embedded-postgres.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants } from '../support/invariants.js';
import { assetsIn, type RunningStack, startGuideJob, startRunningStack } from '../support/running-stack.js';
import { full } from '../support/scene.js';
import { createNamespace, temporalAddress } from '../support/temporal.js';

const KILLS = full(50, 6);

const folder = mkdtempSync(path.join(os.tmpdir(), 'killed-'));
// As root, PostgreSQL runs as another user, who must be able to walk in.
chmodSync(folder, 0o755);
// Durable: what was acknowledged must survive, or the test would blame the programs for the database's loss.
const startPostgres = (port?: number): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir: folder, say: () => {}, ...(port && { port }) });

let postgres: EmbeddedPostgres;
let stack: RunningStack;
beforeAll(async () => {
  postgres = await startPostgres();
  stack = await startRunningStack(
    { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: await createNamespace('killed') },
    { databaseUrl: postgres.url },
  );
});
afterAll(async () => {
  await stack?.stop();
  await postgres?.stop();
  const moved = movedFolderIfAny(folder);
  for (const made of [folder, ...(moved ? [moved] : [])]) rmSync(made, { recursive: true, force: true });
});

/** Stages finished so far, or null while nobody can tell. */
const finishedStages = async (): Promise<number | null> =>
  stack.foreign
    .query(`select count(*)::int as n from pipeline.claims where state = 'done'`)
    .then(({ rows }) => rows[0].n)
    .catch(() => null);

it(`PostgreSQL killed ${KILLS} times under way: no acknowledged row is lost, and nothing is done twice`, async () => {
  const processes = stack.pids();
  const jobIds: string[] = [];
  for (let kills = 0; kills < KILLS; kills++) {
    jobIds.push(await startGuideJob(stack.foreign, assetsIn(stack.dataDir)));
    // Each kill meets work that has gone on since the last one.
    const before = (await finishedStages()) ?? 0;
    await expect
      .poll(async () => ((await finishedStages()) ?? before) > before, { timeout: 60_000, interval: 50 })
      .toBe(true);
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.ended;
    postgres = await startPostgres(postgres.port);
  }
  await stack.untilFinished(jobIds);
  for (const jobId of jobIds) expect(await effectsOf(stack, jobId)).toEqual(idealEffects(1));
  const { rows } = await stack.foreign.query('select max(retry_count)::int as most from jobs_variants');
  expect(rows).toEqual([{ most: 0 }]);
  // Nobody had to be started anew.
  expect(stack.pids()).toEqual(processes);
  await checkInvariants(stack, jobIds);
});
