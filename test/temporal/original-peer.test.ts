import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPeerService } from '../../src/stage-api/peer-service.js';
import { createStageClient, type StageClient } from '../../src/stage-api/stage-client.js';
import { JOB_STAGES, VARIANT_STAGES } from '../../workflows/contract.js';
import { createTestDatabase } from '../support/database.js';
import { type Fault, type OriginalYh, startOriginalYh } from '../support/original-yh.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE, setVariant, stateOf, VARIANT_STATE } from '../support/rows.js';

let road: Road;
let yh: OriginalYh;
let client: StageClient;
beforeAll(async () => {
  const database = await createTestDatabase();
  yh = await startOriginalYh(database.url);
  client = createStageClient({ baseUrl: yh.baseUrl, timeout: 10_000, connections: 8 });
  road = await openRoad({ database, peer: (pool) => createPeerService(client, pool) });
});
afterAll(async () => {
  await yh?.close();
  await client?.close();
  await road?.close();
});
beforeEach(() => {
  yh.calls.length = 0;
  yh.faults(() => undefined);
});

const SERVICE_STAGES = VARIANT_STAGES.slice(1);
const stagesOf = (unitId: string): string[] =>
  yh.calls.filter((call) => call.unitId === unitId).map(({ stage }) => stage);
/** Goes wrong the first time only. */
const once = (at: string, fault: Fault): void => {
  let happened = false;
  yh.faults((stage) => {
    if (stage !== at || happened) return undefined;
    happened = true;
    return fault;
  });
};

/** What the job left: rows of each kind, and everything that says something went wrong. */
const counts = async (jobId: string) =>
  (
    await road.foreign.query(
      `select (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'analyze') as analyses,
              (select count(*)::int from planner_proposals p join job_inputs i on i.img_asset_id = p.image_asset_id
                where i.job_id = $1) as plans,
              (select count(*)::int from overlay_layouts join jobs_variants using (job_variants_id) where job_id = $1) as overlays,
              (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'judge') as judgements,
              (select count(*)::int from evaluations where job_id = $1) as evaluations,
              (select count(*)::int from llm_traces where job_id = $1) as texts,
              (select count(*)::int from instagram_feeds where job_id = $1) as feeds,
              (select max(generation)::int from pipeline.runs where job_id = $1) as generation,
              (select generation from pipeline.jobs where job_id = $1) as job_generation,
              (select count(*)::int from pipeline.claims where job_id = $1 and state <> 'done') as open_claims,
              (select count(*)::int from pipeline.audit where job_id = $1) as audited,
              (select count(*)::int from pipeline.runs where job_id = $1 and open) as open_runs`,
      [jobId],
    )
  ).rows[0];
const ideal = (variants: number) => ({
  analyses: variants,
  plans: variants,
  overlays: variants,
  judgements: variants,
  evaluations: 3 * variants,
  texts: 2,
  feeds: 1,
  generation: 1,
  job_generation: 1,
  open_claims: 0,
  audited: 0,
  open_runs: 0,
});
const retryCount = async (variantId: string): Promise<number> =>
  (await road.foreign.query('select retry_count from jobs_variants where job_variants_id = $1', [variantId])).rows[0]
    .retry_count;

/** Every state the job and its variants were seen in, from the published channels. */
const watch = async (jobId: string) => {
  const listener = await road.foreign.connect();
  const failures: string[] = [];
  listener.on('notification', ({ payload }) => {
    const message = JSON.parse(payload ?? '{}') as { job_id: string; current_step: string; status: string };
    if (message.job_id === jobId && message.status === 'failed') failures.push(message.current_step);
  });
  await listener.query('listen job_variant_state_changed; listen job_state_changed');
  return {
    failures,
    async end() {
      await listener.query('unlisten *');
      listener.release();
    },
  };
};

describe('the original as a peer', () => {
  it('takes three variants to the feed: every call once, every row once', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { variants: 3 });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    for (const id of variantIds) {
      expect(stagesOf(id)).toEqual(SERVICE_STAGES);
      expect(await stateOf(road.foreign, 'jobs_variants', id)).toBe('iou_eval/done');
      expect(await retryCount(id)).toBe(0);
    }
    expect(stagesOf(jobId)).toEqual([...JOB_STAGES]);
    expect(yh.calls.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await counts(jobId)).toEqual(ideal(3));
    // Each overlay stands on the plan that its own planner answered with.
    const { rows } = await road.foreign.query(
      `select count(distinct o.proposal_id)::int as plans, bool_and(c.result->>'proposal_id' = o.proposal_id::text) as own
         from overlay_layouts o join jobs_variants v using (job_variants_id)
         join pipeline.claims c on c.unit_id = v.job_variants_id and c.stage = 'planner' where v.job_id = $1`,
      [jobId],
    );
    expect(rows).toEqual([{ plans: 3, own: true }]);
  });

  it('hears the guide: the row says vlm_analyze although the original shows no running of its own', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { imageType: 'generated' });
    const [variantId] = variantIds as [string];
    let seen: string | undefined;
    yh.faults(async (stage) => {
      if (stage === 'vlm_analyze') seen = await stateOf(road.foreign, 'jobs_variants', variantId);
      return undefined;
    });
    await setVariant(road.foreign, variantId, 'img_gen', 'done');
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(seen).toBe('vlm_analyze/queued');
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it.each([...SERVICE_STAGES])('repeats %s after it failed, and nobody ever sees failed', async (at) => {
    once(at, 'fail');
    const { jobId, variantIds } = await insertJob(road.foreign);
    const seen = await watch(jobId);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    await seen.end();
    expect(seen.failures).toEqual([]);
    expect(stagesOf(variantIds[0] as string)).toEqual(
      SERVICE_STAGES.flatMap((stage) => (stage === at ? [stage, stage] : [stage])),
    );
    expect(await counts(jobId)).toEqual(ideal(1));
    expect(await retryCount(variantIds[0] as string)).toBe(1);
  });

  it.each([...SERVICE_STAGES, ...JOB_STAGES])('does not repeat %s when its answer was lost', async (at) => {
    once(at, 'lose');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(stagesOf(variantIds[0] as string)).toEqual(SERVICE_STAGES);
    expect(stagesOf(jobId)).toEqual([...JOB_STAGES]);
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it.each(SERVICE_STAGES.slice(2))('does not repeat %s when it was killed after its rows', async (at) => {
    once(at, at === 'overlay' ? 'lose' : 'die halfway');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(stagesOf(variantIds[0] as string)).toEqual(SERVICE_STAGES);
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it.each([...SERVICE_STAGES, ...JOB_STAGES])('repeats %s when it was killed before it left anything', async (at) => {
    once(at, 'die');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    const calls = [...stagesOf(variantIds[0] as string), ...stagesOf(jobId)];
    expect(calls.filter((stage) => stage === at)).toHaveLength(2);
    expect(calls).toHaveLength(11);
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it('waits for a model that works on although its caller is gone, instead of asking twice', async () => {
    let reach = (): void => {};
    let finish = (): void => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const model = new Promise<void>((resolve) => {
      finish = resolve;
    });
    yh.faults((stage) => {
      if (stage !== 'vlm_analyze') return undefined;
      reach();
      return { model };
    });
    const { jobId, variantIds } = await insertJob(road.foreign);
    await reached;
    await road.stopWorkers();
    await road.startWorkers();
    // The original holds the row while its model works; the next attempt stands behind it.
    const waiting = `select from pg_stat_activity
      where datname = current_database() and application_name = 'feedlyai-worker' and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await road.foreign.query(waiting)).rowCount, { timeout: 20_000 }).toBe(1);
    finish();
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(stagesOf(variantIds[0] as string)).toEqual(SERVICE_STAGES);
    expect(await counts(jobId)).toEqual(ideal(1));
    expect(await retryCount(variantIds[0] as string)).toBe(0);
  });

  it('finishes itself what the original answered with 200 and lost the status of', async () => {
    once('ocr_eval', 'lose status');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(stagesOf(variantIds[0] as string)).toEqual(SERVICE_STAGES);
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it('believes no overlay that left no layout', async () => {
    once('overlay', 'lose rows');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(stagesOf(variantIds[0] as string).filter((stage) => stage === 'overlay')).toHaveLength(2);
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it.each([...JOB_STAGES])('repeats %s after it failed, and the job is not seen as failed', async (at) => {
    once(at, 'fail');
    const { jobId } = await insertJob(road.foreign);
    const seen = await watch(jobId);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    await seen.end();
    expect(seen.failures).toEqual([]);
    expect(stagesOf(jobId)).toHaveLength(3);
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it('repeats what it refused because somebody had moved the row', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    let meddled = false;
    yh.faults(async (stage) => {
      if (stage === 'planner' && !meddled) {
        meddled = true;
        await setVariant(road.foreign, variantId, 'planner', 'running');
      }
      return undefined;
    });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(yh.calls.filter(({ stage }) => stage === 'planner').map(({ status }) => status)).toEqual([400, 200]);
    expect(await counts(jobId)).toEqual(ideal(1));
  });

  it('fails the variant for good when every attempt fails, with the last reason', async () => {
    yh.faults((stage) => (stage === 'planner' ? 'fail' : undefined));
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    await road.until(VARIANT_STATE, [variantId], 'planner/failed');
    expect(stagesOf(variantId).filter((stage) => stage === 'planner')).toHaveLength(4);
    expect(stagesOf(variantId)).not.toContain('overlay');
    expect(await stateOf(road.foreign, 'jobs', jobId)).toBe('planner/failed');
    const { rows } = await road.foreign.query('select reason from pipeline.runs where job_variants_id = $1', [
      variantId,
    ]);
    expect(rows).toEqual([{ reason: 'CUDA out of memory' }]);
  });
});
