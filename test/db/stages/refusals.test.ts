import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { effectKey } from '../../../workflows/contract.js';
import { drawDish, plainPicture } from './pictures.js';
import { ROUTES, type ServiceStage, StageBench, TENANT, type Variant } from './stage-bench.js';
import { bodyFor, SERVICE_STAGES, walkVariant } from './walk.js';

let bench: StageBench;
let variant: Variant;
let finished: Variant;
beforeAll(async () => {
  bench = await StageBench.open();
  variant = await bench.addVariant(await drawDish({ x: 0.5, y: 0.6, radius: 0.25 }));
  finished = await bench.addVariant(await drawDish({ x: 0.5, y: 0.65, radius: 0.3 }));
  await walkVariant(bench, finished, '든든한 부대찌개');
});
afterAll(() => bench.close());

/** Calls, and sees to it that no row of any table the service writes has changed. */
const refused = async (stage: ServiceStage, body: unknown, key?: string) => {
  const before = await bench.snapshot();
  const answer = await bench.call(stage, body, key);
  expect(await bench.snapshot(), `${stage} left a trace`).toBe(before);
  return answer;
};

describe.each(SERVICE_STAGES)('scenario 22: %s refuses without a trace', (stage) => {
  test('the five checks, in their order', async () => {
    const good = (await bodyFor(bench, variant, stage)) as Record<string, unknown>;
    const other = await bench.addJob();
    const cases: [Record<string, unknown>, number, string][] = [
      [{ job_variants_id: 'nonsense' }, 400, 'Invalid UUID format'],
      [{ job_id: 'nonsense' }, 400, 'Invalid UUID format'],
      [{ job_variants_id: randomUUID() }, 404, 'Job variant not found'],
      [{ job_id: randomUUID() }, 404, 'Job not found'],
      [{ job_id: other }, 400, 'Job variant job_id mismatch'],
      [{ tenant_id: 'tenant-b' }, 400, 'Job tenant_id mismatch'],
    ];
    for (const [change, status, detail] of cases) {
      const answer = await refused(stage, { ...good, ...change });
      expect([answer.status, answer.body.detail.slice(0, detail.length)]).toEqual([status, detail]);
    }
  });

  test('a body that does not fit: 422 with a list', async () => {
    const { tenant_id: _, ...incomplete } = (await bodyFor(bench, variant, stage)) as Record<string, unknown>;
    const answer = await refused(stage, { ...incomplete, job_id: 7 });
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toContainEqual({ type: 'missing', loc: ['body', 'tenant_id'], msg: 'Field required' });
    expect(answer.body.detail).toContainEqual({
      type: 'string_type',
      loc: ['body', 'job_id'],
      msg: 'Input should be a valid string',
    });
    expect((await refused(stage, { ...incomplete, tenant_id: 'a\u0000b' })).status).toBe(422);
  });

  test('a key of the pipeline without an open claim', async () => {
    const body = await bodyFor(bench, variant, stage);
    const answer = await refused(stage, body, effectKey(variant.variantId, stage, 1));
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('No open claim')]);
    const elsewhere = await refused(
      stage,
      body,
      effectKey(variant.variantId, stage === 'planner' ? 'overlay' : 'planner', 1),
    );
    expect(elsewhere.status).toBe(409);
    expect((await refused(stage, body, effectKey(variant.jobId, stage, 1))).status).toBe(409);
  });

  test('a call by hand while the pipeline is at work', async () => {
    const busy = await bench.addVariant(await plainPicture('#888888', 64));
    await bench.claim('vlm_analyze', { unitId: busy.variantId, jobId: busy.jobId });
    const answer = await refused(stage, await bodyFor(bench, busy, stage));
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('The pipeline is working')]);
  });
});

test.each([
  ['planner', '(yolo_detect, done)'],
  ['overlay', '(planner, done)'],
  ['vlm_judge', '(overlay, done)'],
] as const)('scenario 22: %s by hand needs the variant at %s', async (stage, needed) => {
  for (const at of [
    ['img_gen', 'done'],
    ['yolo_detect', 'running'],
    [stage, 'queued'],
    [stage, 'failed'],
    ['iou_eval', 'done'],
  ] as const) {
    await bench.moveVariant(variant.variantId, at[0], at[1]);
    const answer = await refused(stage, await bodyFor(bench, variant, stage));
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining(needed)]);
  }
});

test.each(['ad_copy_gen_kor', 'instagram_feed_gen'] as const)(
  'scenario 22: %s refuses without a trace',
  async (stage) => {
    const body = { job_id: finished.jobId, tenant_id: TENANT };
    expect((await refused(stage, { ...body, job_id: 'x' })).status).toBe(400);
    expect((await refused(stage, { ...body, job_id: randomUUID() })).status).toBe(404);
    expect((await refused(stage, { ...body, tenant_id: 'tenant-b' })).status).toBe(400);
    expect((await refused(stage, { job_id: finished.jobId })).status).toBe(422);
    expect((await refused(stage, body, effectKey(finished.jobId, stage, 1))).status).toBe(409);
    const silent = await bench.addJob({ english: null });
    const answer = await refused(stage, { job_id: silent, tenant_id: TENANT });
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('English')]);
  },
);

test('other ways in: unknown routes, bad JSON, no body', async () => {
  expect((await bench.get('/api/yh/nothing')).status).toBe(404);
  const route = `/api/yh/${ROUTES.planner}`;
  for (const body of ['{bad', '', '[]', 'null']) {
    const answer = await bench.post(route, body);
    expect([answer.status, Array.isArray(answer.body.detail)], body).toEqual([422, true]);
  }
  expect((await bench.get(route)).status).toBe(405);
  expect((await bench.post(route, '{}', 'k'.repeat(300))).status).toBe(422);
  const metrics = await (await bench.get('/metrics')).text();
  expect(metrics).toMatch(
    /http_requests_total\{method="POST",endpoint="\/api\/yh\/planner",status="422",service="stages"\} \d+/,
  );
  expect(await (await bench.get('/healthz')).json()).toEqual({ ok: true, service: 'app-yh' });
  const document = (await (await bench.get('/openapi.json')).json()) as { paths: object };
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(Object.values(ROUTES).map((path) => `/api/yh/${path}`)),
  );
});
