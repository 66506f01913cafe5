import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { expect } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { reconcile } from '../../src/bridge/reconcile.js';
import { createRuns } from '../../src/bridge/runs.js';
import { createStarter } from '../../src/bridge/starter.js';
import type { Pool } from '../../src/db/pool.js';
import { sharp } from '../../src/imaging/sharp.js';
import { jobWorkflowId, variantWorkflowId } from '../../workflows/contract.js';
import { type Evidence, variantsOf } from './invariants.js';

/** I2 and I6: rows, workflows and files say the same of a job, and a comparison finds nothing to put right. */
export async function everythingAgrees(
  evidence: Evidence,
  jobId: string,
  { meddled }: { meddled: boolean },
): Promise<void> {
  const { foreign, client } = evidence;
  await runsEnded(client, [jobWorkflowId(jobId), ...(await variantsOf(evidence, jobId)).map(variantWorkflowId)]);
  if (!meddled) await runsSayWhatTheRowsSay(evidence, jobId);
  await picturesAreWhatTheirRowsSay(evidence, jobId);
  await reconcileFindsNothing(foreign, client);
}

interface Run {
  status: string;
  /** What its workflow returned. */
  result?: string;
}

/** Every run of a workflow id, oldest first. */
async function runsOf(client: Client, workflowId: string): Promise<Run[]> {
  const runs: (Run & { startTime: Date })[] = [];
  for await (const { status, runId, startTime } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    const result: unknown = status.name === 'COMPLETED' ? await client.workflow.result(workflowId, runId) : undefined;
    runs.push({ status: status.name, startTime, ...(typeof result === 'string' && { result }) });
  }
  return runs.sort((a, b) => Number(a.startTime) - Number(b.startTime));
}

/** I2: none is open. The row says that it is settled a moment before its workflow has told the server. */
async function runsEnded(client: Client, workflowIds: string[]): Promise<void> {
  const open = async (): Promise<string[]> => {
    const runs = await Promise.all(workflowIds.map((id) => runsOf(client, id)));
    return workflowIds.filter((_, index) => runs[index]?.some(({ status }) => status === 'RUNNING'));
  };
  await expect.poll(open, { message: 'I2: open workflows', timeout: 15_000 }).toEqual([]);
}

/** A run that took its unit to an end, as opposed to one that found nothing to do. */
const tookToAnEnd = ({ status, result = '' }: Run): boolean =>
  status === 'COMPLETED'
    ? !/^(nothing to do|settled|reopened|rests until) /.test(result)
    : status !== 'CONTINUED_AS_NEW';

/** I2, I6: each generation that began was taken to its end by one run, and the last of them ended as the row did. */
async function runsSayWhatTheRowsSay({ foreign, client }: Evidence, jobId: string): Promise<void> {
  const { rows } = await foreign.query<{ id: string; step: string; status: string; generations: number }>(
    `select u.kind || '-' || u.id as id, u.step, u.status, count(distinct c.generation)::int as generations
       from (select 'variant' as kind, job_variants_id as id, current_step as step, status from jobs_variants
              where job_id = $1
             union all select 'job', job_id, stage, status from pipeline.jobs where job_id = $1) u
       join pipeline.claims c on c.unit_id = u.id
      group by u.kind, u.id, u.step, u.status`,
    [jobId],
  );
  for (const { id, step, status, generations } of rows) {
    const ends = (await runsOf(client, id)).filter(tookToAnEnd);
    expect(ends.length, `I2: runs of ${id}`).toBe(generations);
    const { result } = ends.at(-1) as Run;
    // A run that failed has no result, and one that gave up waiting says why.
    if (status === 'failed') expect(result ?? '', `I6: ${id} failed`).not.toMatch(/\/done$/);
    else expect(result, `I6: ${id}`).toBe(`${step}/done`);
  }
}

/** I6: every picture of the job is a whole file, and those made here have the size that their rows say. */
async function picturesAreWhatTheirRowsSay({ foreign, assetsDir }: Evidence, jobId: string): Promise<void> {
  const { rows } = await foreign.query<{ url: string; width: number; height: number; is_ours: boolean }>(
    `select image_url as url, width, height, true as is_ours from image_assets where job_id = $1
     union select a.image_url, a.width, a.height, false from jobs_variants v
       join image_assets a on a.image_asset_id = v.img_asset_id where v.job_id = $1 and a.job_id is null`,
    [jobId],
  );
  const assets = createAssetStore({ root: assetsDir, partName: 'ye' });
  for (const { url, width, height, is_ours } of rows) {
    const { info } = await sharp(await assets.read(url))
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (is_ours) expect({ url, width: info.width, height: info.height }, 'I6').toEqual({ url, width, height });
  }
}

/** I6: nobody would start, restart, wake or fail anything. */
async function reconcileFindsNothing(pool: Pool, client: Client): Promise<void> {
  const found = await reconcile(
    {
      pool,
      runs: createRuns(client),
      starter: createStarter(client),
      log: pino({ level: 'silent' }),
      defaultGeneration: 'internal',
      variantsPerJob: 3,
      sweepInterval: 10_000,
    },
    { all: true },
  );
  expect(
    found.filter(({ action }) => action !== 'nothing'),
    'I6: what reconcile does',
  ).toEqual([]);
}
