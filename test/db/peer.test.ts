import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim, ClaimAnswer } from '../../activities/claims.js';
import { createJobClaims } from '../../src/db/job-claims.js';
import { noteProposal, settlePeerClaim } from '../../src/db/peer-claims.js';
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
/** What became of each stage in the generation before this one. */
const failedBefore = (unitId: string, jobId: string, stages: readonly string[]) =>
  worker.query(
    `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state)
     select $1, stage, 0, $2, uuid_generate_v4(), 'failed' from unnest($3::text[]) as stage`,
    [unitId, jobId, stages],
  );
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
    await failedBefore(own.variantId, own.jobId, SERVICE_STAGES);
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
    await failedBefore(own.jobId, own.jobId, JOB_STAGES);
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

it('a proposal is noted for the variant whose call it answered, in its generation', async () => {
  yh.faults(() => undefined);
  const [own, other] = [await newVariant(), await newVariant()];
  const planning = await Promise.all(
    [own, other].map(async (each) => {
      await setVariant(worker, each.variantId, 'yolo_detect', 'done');
      return claimVariant(each, 'planner');
    }),
  );
  await worker.query(
    `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state)
     select unit_id, stage, 0, job_id, uuid_generate_v4(), 'done' from pipeline.claims where unit_id = any($1) and stage = 'planner'`,
    [[own.variantId, other.variantId]],
  );
  const drafts = [randomUUID(), randomUUID()] as [string, string];
  const proposals: string[] = [];
  for (const draft of drafts)
    proposals.push(
      (
        await foreign.query(
          `insert into planner_proposals (image_asset_id, layout)
           select img_asset_id, jsonb_build_object('proposals', jsonb_build_array(jsonb_build_object('proposal_id', $2::text)))
             from job_inputs where job_id = $1 returning proposal_id`,
          [own.jobId, draft],
        )
      ).rows[0].proposal_id,
    );
  await noteProposal(worker, planning[1] as Claim, drafts[1]);
  await noteProposal(worker, planning[0] as Claim, drafts[0]);
  const noted = async ({ variantId }: OwnVariant): Promise<unknown[]> =>
    (
      await worker.query(
        `select result->>'proposal_id' as id from pipeline.claims where unit_id = $1 and stage = 'planner' order by generation`,
        [variantId],
      )
    ).rows.map(({ id }) => id);
  expect([await noted(own), await noted(other)]).toEqual([
    [null, proposals[0]],
    [null, proposals[1]],
  ]);
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
