import type { PoolClient } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim, ClaimAnswer } from '../../activities/claims.js';
import { createJobClaims } from '../../src/db/job-claims.js';
import { settlePeerClaim } from '../../src/db/peer-claims.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { createVariantClaims } from '../../src/db/variant-claims.js';
import { createPeerService } from '../../src/stage-api/peer-service.js';
import { createStageClient, type StageClient } from '../../src/stage-api/stage-client.js';
import {
  JOB_STAGES,
  type JobStage,
  type ServiceVariantStage,
  type Stage,
  VARIANT_STAGES,
} from '../../workflows/contract.js';
import { CLAIM_POLICY } from '../support/claim-policy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Act, inTurn, openHolder, type Own } from '../support/held-rows.js';
import { type Fault, type OriginalYh, startOriginalYh } from '../support/original-yh.js';
import { insertJob, setVariant, stateOf } from '../support/rows.js';

/* What the rows say of a stage that the original performs, without workflows around it. */

let database: TestDatabase;
let worker: Pool;
let foreign: Pool;
let holder: PoolClient;
let yh: OriginalYh;
let client: StageClient;
beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  worker = createPool({ url: database.url, name: 'worker', writer: 'worker', size: 4, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
  holder = await openHolder(foreign);
  yh = await startOriginalYh(database.url);
  client = createStageClient({ baseUrl: yh.baseUrl, timeout: 10_000, connections: 4 });
});
afterAll(async () => {
  holder?.release();
  await client?.close();
  await yh?.close();
  await Promise.all([worker?.end(), foreign?.end()]);
  await database?.drop();
});

const SERVICE_STAGES = VARIANT_STAGES.slice(1) as ServiceVariantStage[];
const granted = (answer: ClaimAnswer<Stage>): Claim => {
  if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
  return answer.claim;
};
const perform = (claim: Claim): Promise<void> =>
  createPeerService(client, worker).perform(claim, new AbortController().signal);

interface OwnVariant extends Own {
  variantId: string;
}

const claimVariant = async ({ jobId, variantId }: OwnVariant, stage: ServiceVariantStage, generation = 1) =>
  granted(
    await createVariantClaims(worker, { ...CLAIM_POLICY, stagesArePeer: true }).claim(
      { unitId: variantId, jobId, generation },
      stage,
    ),
  );
/** One of two variants whose pictures are made; both are claimed for their first stage. */
const newVariant = async (): Promise<OwnVariant> => {
  const { jobId, variantIds } = await insertJob(foreign, { variants: 2, step: 'img_gen', status: 'done' });
  const [variantId, sibling] = variantIds as [string, string];
  await claimVariant({ jobId, variantId: sibling }, 'vlm_analyze');
  const own = { jobId, variantId };
  await claimVariant(own, 'vlm_analyze');
  return own;
};
const claimJob = async (jobId: string, stage: JobStage) =>
  granted(
    await createJobClaims(worker, { maxLostAttempts: 3, siblingsPatienceMs: 60_000, stagesArePeer: true }).claim(
      { unitId: jobId, jobId, generation: 1 },
      stage,
    ),
  );
const newJob = async (): Promise<Own> => {
  const { jobId, variantIds } = await insertJob(foreign, { step: 'iou_eval', status: 'queued' });
  await setVariant(worker, variantIds[0] as string, 'iou_eval', 'done');
  return { jobId };
};
/** The stages whose claims are done, each with the row that proves it. */
const provenStages = async (unitId: string): Promise<string[]> =>
  (
    await worker.query(
      `select stage from pipeline.claims where unit_id = $1 and state = 'done' and result <> '{}' order by opened_at`,
      [unitId],
    )
  ).rows.map(({ stage }) => stage);

describe.each<[string, Fault | undefined]>([
  ['whose status it writes', undefined],
  ['whose status was lost', 'lose status'],
])('a stage of the original, %s', (_, fault) => {
  // What it finds by its status alone has no row to prove it.
  const proven = SERVICE_STAGES.filter((stage) => stage !== 'yolo_detect');

  it('is done for its variant, and for nobody else', async () => {
    const [neighbour, own] = [await newVariant(), await newVariant()];
    yh.faults((stage) => (stage === 'yolo_detect' ? undefined : fault));
    const acts = SERVICE_STAGES.map(
      (stage): Act<OwnVariant> =>
        async (each) => {
          await perform(await claimVariant(each, stage));
          expect(await stateOf(worker, 'jobs_variants', each.variantId)).toBe(`${stage}/done`);
        },
    );
    await inTurn(holder, own, neighbour, acts);
    expect(await provenStages(own.variantId)).toEqual(proven);
  });

  it('is done for its job, and for nobody else', async () => {
    const [neighbour, own] = [await newJob(), await newJob()];
    yh.faults(() => fault);
    const acts = JOB_STAGES.map(
      (stage): Act<Own> =>
        async ({ jobId }) => {
          await perform(await claimJob(jobId, stage));
          expect(await stateOf(worker, 'jobs', jobId)).toBe(`${stage}/done`);
        },
    );
    await inTurn(holder, own, neighbour, acts);
    expect(await provenStages(own.jobId)).toEqual([...JOB_STAGES]);
  });
});

describe('a stage of the original that has left nothing', () => {
  it('is not done because a stage before it is, or an earlier generation of it', async () => {
    yh.faults(() => undefined);
    const own = await newVariant();
    await perform(await claimVariant(own, 'vlm_analyze'));
    expect(await settlePeerClaim(worker, await claimVariant(own, 'yolo_detect'))).toBe(false);
    await setVariant(worker, own.variantId, 'yolo_detect', 'failed');
    await setVariant(foreign, own.variantId, 'vlm_analyze', 'queued');
    expect(await settlePeerClaim(worker, await claimVariant(own, 'vlm_analyze', 2))).toBe(false);
  });
});
