import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim } from '../../../activities/claims.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';
import { type AdminBench, openAdminBench } from '../admin/admin-bench.js';

/* What may have become of a claim by the time its stage is finished. */

let bench: AdminBench;
beforeAll(async () => {
  bench = await openAdminBench();
});
afterAll(() => bench?.close());

/** Another open claim of the same unit. */
const addClaim = ({ unitId, jobId }: Claim, stage: string, generation: number): Promise<unknown> =>
  bench.own.query(
    `insert into pipeline.claims (unit_id, stage, generation, job_id, token) values ($1, $2, $3, $4, uuid_generate_v4())`,
    [unitId, stage, generation, jobId],
  );
const close = ({ unitId, stage }: Claim): Promise<unknown> =>
  bench.own.query(`update pipeline.claims set state = 'failed' where unit_id = $1 and stage = $2`, [unitId, stage]);

describe('a stage of a variant writes nothing', () => {
  const atWork = async (): Promise<Claim> => {
    const { jobId, variantIds } = await insertJob(bench.foreign, { step: 'yolo_detect', status: 'done' });
    return bench.begin({ jobId, variantId: variantIds[0] as string }, 'planner');
  };

  it.each<[string, (claim: Claim) => Promise<unknown>]>([
    ['when its claim is closed', close],
    [
      'when it is closed and that of another stage is open',
      async (claim) => {
        await close(claim);
        await addClaim(claim, 'overlay', 1);
      },
    ],
    [
      'when the variant was reopened and is at the same stage again',
      async (claim) => {
        await bench.own.query('update pipeline.runs set generation = 2 where job_variants_id = $1', [claim.unitId]);
        await addClaim(claim, 'planner', 2);
      },
    ],
  ])('%s', async (_, change) => {
    const claim = await atWork();
    await change(claim);
    await expect(bench.finish(claim, 'planner')).rejects.toThrow('no longer open');
    expect(await stateOf(bench.own, 'jobs_variants', claim.unitId)).toBe('planner/running');
  });
});

describe('a stage of a job writes nothing', () => {
  const atWork = async (): Promise<Claim> => {
    const { jobId, variantIds } = await insertJob(bench.foreign, { step: 'iou_eval', status: 'queued' });
    await setVariant(bench.own, variantIds[0] as string, 'iou_eval', 'done');
    return bench.beginJob({ unitId: jobId, jobId, generation: 1 }, 'ad_copy_gen_kor');
  };
  const record = (set: string): ((claim: Claim) => Promise<unknown>) => {
    return ({ jobId }) => bench.own.query(`update pipeline.jobs set ${set} where job_id = $1`, [jobId]);
  };

  it.each<[string, (claim: Claim) => Promise<unknown>]>([
    ['when its claim is closed', close],
    [
      'when it is closed and that of another stage is open',
      async (claim) => {
        await close(claim);
        await addClaim(claim, 'instagram_feed_gen', 1);
      },
    ],
    ['when the job is recorded at another stage', record(`stage = 'instagram_feed_gen'`)],
    ['when the job is recorded as failed', record(`status = 'failed'`)],
    [
      'when the job was reopened and is at the same stage again',
      async (claim) => {
        await record('generation = 2')(claim);
        await addClaim(claim, 'ad_copy_gen_kor', 2);
      },
    ],
  ])('%s', async (_, change) => {
    const claim = await atWork();
    await change(claim);
    await expect(bench.finishJob(claim, 'ad_copy_gen_kor')).rejects.toThrow('no longer open');
    expect(await stateOf(bench.own, 'jobs', claim.jobId)).toBe('ad_copy_gen_kor/running');
  });
});
