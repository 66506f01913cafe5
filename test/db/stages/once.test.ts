import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { effectId } from '../../../src/assets/effect-id.js';
import { hashRequest } from '../../../src/stages/common/lease.js';
import type { Lines } from '../../../src/stages/engines/scripted/script.js';
import { drawDish } from './pictures.js';
import { SERVICE_NAME, StageBench, TENANT, type Variant } from './stage-bench.js';
import { walkVariant } from './walk.js';

let bench: StageBench;
let picture: Buffer;
let variant: Variant;
const vision: Lines<'vision.analyze'> = {};
const executions = (): number => bench.engines.ledger.started('vision.analyze');

beforeAll(async () => {
  bench = await StageBench.open({ script: { 'vision.analyze': vision } });
  picture = await drawDish({ x: 0.5, y: 0.6, radius: 0.25 }, 320);
});
afterAll(() => bench.close());
beforeEach(async () => {
  for (const name of Object.keys(vision)) delete vision[name as keyof typeof vision];
  bench.engines.ledger.clear();
  variant = await bench.addVariant(picture);
});

/** Resolves when so many of the calls have been answered. */
const settled = (calls: Promise<unknown>[], count: number): Promise<void> =>
  new Promise((resolve, reject) => {
    let answered = 0;
    for (const call of calls) call.then(() => ++answered === count && resolve(), reject);
  });
const traces = () => bench.query('select vlm_trace_id from vlm_traces where job_variants_id = $1', [variant.variantId]);
const claim = () => bench.claim('vlm_analyze', { unitId: variant.variantId, jobId: variant.jobId });
const state = async () =>
  (
    await bench.query('select current_step, status from jobs_variants where job_variants_id = $1', [variant.variantId])
  )[0];
const analyze = (key?: string, extra = {}) => bench.call('vlm_analyze', { ...bench.ids(variant), ...extra }, key);

test('the same key and body is answered again, also after the row has moved on', async () => {
  const { key } = await claim();
  const first = await analyze(key);
  await bench.moveVariant(variant.variantId, 'yolo_detect', 'done');
  const second = await analyze(key);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body).toEqual(first.body);
  expect([executions(), (await traces()).length]).toEqual([1, 1]);
});

test('a claim of an earlier generation stays as it ended', async () => {
  await bench.query(
    `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state)
     values ($1, 'vlm_analyze', 0, $2, uuid_generate_v4(), 'failed')`,
    [variant.variantId, variant.jobId],
  );
  const { key } = await claim();
  expect((await analyze(key)).status).toBe(200);
  const claims = await bench.query('select state from pipeline.claims where unit_id = $1 order by generation', [
    variant.variantId,
  ]);
  expect(claims).toEqual([{ state: 'failed' }, { state: 'done' }]);
});

test('the same key with another body is an error without effect', async () => {
  const { key } = await claim();
  await analyze(key);
  const before = await bench.snapshot();
  const answer = await analyze(key, { prompt: 'look again' });
  expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining('other parameters')]);
  expect(await bench.snapshot()).toBe(before);
});

test.each([
  ['with the pipeline’s key', true],
  ['with a client’s own key', 'mine'],
  ['without a key', false],
] as const)('parallel equal calls %s are performed once', async (_, kind) => {
  const key = kind === true ? (await claim()).key : kind === false ? undefined : `mine-${variant.variantId}`;
  vision.hang = 1;
  const calls = Array.from({ length: 6 }, () => analyze(key));
  await Promise.all([settled(calls, 5), bench.engines.ledger.whenStarted('vision.analyze', 1)]);
  bench.engines.release();
  const answers = await Promise.all(calls);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, retryAfter } of answers.filter((answer) => answer.status !== 200))
    expect([status, retryAfter]).toEqual([409, '1']);
  expect([executions(), (await traces()).length]).toEqual([1, 1]);
  expect(await state()).toEqual({ current_step: 'vlm_analyze', status: 'done' });
});

test('a failure is not saved: the next call performs, at once', async () => {
  const { key } = await claim();
  vision.break = 1;
  const before = await bench.snapshot();
  const failed = await analyze(key);
  expect([failed.status, failed.body.detail]).toEqual([500, expect.not.stringContaining('/secret')]);
  expect(await bench.snapshot()).toBe(before);
  expect((await analyze(key)).status).toBe(200);
  expect(await traces()).toHaveLength(1);
});

test('a lease whose holder died runs out and is taken over; the late holder may not write', async () => {
  const { key } = await claim();
  const body = { ...bench.ids(variant) };
  await bench.query(
    `insert into pipeline.answers (idempotency_key, job_id, endpoint, request_hash, lease_token, lease_until)
     values ($1, $2, 'vlm_analyze', $3, gen_random_uuid(), clock_timestamp() + interval '1 hour')`,
    [key, variant.jobId, hashRequest('vlm_analyze', body)],
  );
  expect((await analyze(key)).status).toBe(409);
  await bench.query('update pipeline.answers set lease_until = clock_timestamp() where idempotency_key = $1', [key]);
  // While this one works, its lease is stolen as if it had slept too long.
  vision.beforeAnswer = async () => {
    await bench.query('update pipeline.answers set lease_token = gen_random_uuid() where idempotency_key = $1', [key]);
  };
  const late = await analyze(key);
  expect([late.status, await traces()]).toEqual([409, []]);
  expect(await state()).toEqual({ current_step: 'vlm_analyze', status: 'running' });
});

test('a last transaction that waits for a lock is waited for by nothing else: renewals would take every connection', async () => {
  const { key } = await claim();
  const holder = await bench.pool.connect();
  try {
    await holder.query('begin');
    await holder.query('select from jobs where job_id = $1 for no key update', [variant.jobId]);
    const answer = analyze(key);
    const waiting = `select query from pg_stat_activity
      where datname = current_database() and application_name = $1 and wait_event_type = 'Lock'`;
    await bench.until(`select exists (${waiting} and query = 'commit')`, [SERVICE_NAME]);
    // Renewals come each second: by the database's own clock, so that this holds whatever the test's process is doing.
    await bench.query('select pg_sleep(2.5)');
    expect(await bench.query(waiting, [SERVICE_NAME])).toEqual([{ query: 'commit' }]);
    await holder.query('commit');
    expect((await answer).status).toBe(200);
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  expect([executions(), (await traces()).length]).toEqual([1, 1]);
});

test('a claim closed meanwhile (cancelled, or a new generation) stops the write', async () => {
  const { key } = await claim();
  vision.beforeAnswer = async () => {
    await bench.query(`update pipeline.claims set state = 'failed' where unit_id = $1`, [variant.variantId]);
  };
  expect((await analyze(key)).status).toBe(409);
  expect(await traces()).toEqual([]);
});

test('a foreign write backwards while the stage works is overruled and recorded; one forwards stays', async () => {
  const { key } = await claim();
  vision.beforeAnswer = async () => {
    await bench.query(
      `update jobs_variants set current_step = 'img_gen', status = 'queued' where job_variants_id = $1`,
      [variant.variantId],
    );
  };
  expect((await analyze(key)).status).toBe(200);
  expect(await state()).toEqual({ current_step: 'vlm_analyze', status: 'done' });
  expect(
    await bench.query(`select actor, action from pipeline.audit where job_variants_id = $1`, [variant.variantId]),
  ).toEqual([{ actor: 'stages', action: 'restored' }]);

  variant = await bench.addVariant(picture);
  const second = await claim();
  vision.beforeAnswer = async () => {
    await bench.query(`update jobs_variants set current_step = 'overlay', status = 'done' where job_variants_id = $1`, [
      variant.variantId,
    ]);
  };
  expect((await analyze(second.key)).status).toBe(409);
  expect([await state(), await traces()]).toEqual([{ current_step: 'overlay', status: 'done' }, []]);
});

test('a call by hand is a foreign write: it leaves an event; a claimed one leaves none', async () => {
  const events = () =>
    bench.query(`select from pipeline.outbox where job_variants_id = $1 and kind = 'variant'`, [variant.variantId]);
  const before = (await events()).length;
  expect((await analyze()).status).toBe(200);
  expect(await events()).toHaveLength(before + 1);
  expect(await bench.query(`select from pipeline.answers where job_id = $1`, [variant.jobId])).toEqual([]);

  variant = await bench.addVariant(picture);
  const { key } = await claim();
  const silent = (await events()).length;
  await analyze(key);
  expect(await events()).toHaveLength(silent);
});

test('a call by hand on a settled variant is a retry: a new generation', async () => {
  await bench.moveVariant(variant.variantId, 'iou_eval', 'done');
  expect((await analyze()).status).toBe(200);
  expect(
    await bench.query('select generation, open from pipeline.runs where job_variants_id = $1', [variant.variantId]),
  ).toEqual([{ generation: 2, open: false }]);
});

test('job stages: parallel equal calls once; by hand a finished job gets a second feed in a new generation', async () => {
  await walkVariant(bench, variant, '든든한 부대찌개');
  const body = { job_id: variant.jobId, tenant_id: TENANT };
  const { key } = await bench.claim('ad_copy_gen_kor', { unitId: variant.jobId, jobId: variant.jobId });
  const answers = await Promise.all([1, 2, 3].map(() => bench.call('ad_copy_gen_kor', body, key)));
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  expect(await bench.query(`select from llm_traces where job_id = $1`, [variant.jobId])).toHaveLength(1);
  const feed = await bench.claim('instagram_feed_gen', { unitId: variant.jobId, jobId: variant.jobId });
  expect((await bench.call('instagram_feed_gen', body, feed.key)).status).toBe(200);
  // Whichever attempt had come through: its row would bear this id.
  expect(await bench.query('select instagram_feed_id from instagram_feeds where job_id = $1', [variant.jobId])).toEqual(
    [{ instagram_feed_id: effectId(feed.key, 'instagram_feed') }],
  );
  // Each claim keeps what its own stage made.
  expect(
    await bench.query(
      `select stage, result->>'instagram_feed_id' as feed from pipeline.claims where unit_id = $1 order by stage`,
      [variant.jobId],
    ),
  ).toEqual([
    { stage: 'ad_copy_gen_kor', feed: null },
    { stage: 'instagram_feed_gen', feed: effectId(feed.key, 'instagram_feed') },
  ]);

  expect((await bench.call('ad_copy_gen_kor', body)).status).toBe(200);
  expect(
    await bench.query('select stage, status, generation from pipeline.jobs where job_id = $1', [variant.jobId]),
  ).toEqual([{ stage: 'ad_copy_gen_kor', status: 'done', generation: 2 }]);
  expect((await bench.call('instagram_feed_gen', body)).status).toBe(200);
  expect(await bench.query('select from instagram_feeds where job_id = $1', [variant.jobId])).toHaveLength(2);
  expect(
    await bench.query(`select from txt_ad_copy_generations where job_id = $1 and generation_stage = 'eng_to_kor'`, [
      variant.jobId,
    ]),
  ).toHaveLength(1);

  // A new copy goes into the feeds of its own job that have another one.
  const elsewhere = await bench.addJob();
  await bench.query(
    `insert into instagram_feeds (job_id, llm_trace_id, overlay_id, tenant_id, refined_ad_copy_eng, tone_style,
                                  product_description, gpt_prompt, instagram_ad_copy, hashtags, ad_copy_kor)
     select $2, llm_trace_id, overlay_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
            instagram_ad_copy, hashtags, '다른 가게' from instagram_feeds where job_id = $1 limit 1`,
    [variant.jobId, elsewhere],
  );
  const feeds = () =>
    bench.query<{ id: string; copy: string; version: string }>(
      'select instagram_feed_id as id, ad_copy_kor as copy, xmin::text as version from instagram_feeds order by created_at',
    );
  const [edited, kept, others] = await feeds();
  await bench.query(`update instagram_feeds set ad_copy_kor = '고친 글' where instagram_feed_id = $1`, [edited?.id]);
  expect((await bench.call('ad_copy_gen_kor', body)).status).toBe(200);
  expect(await feeds()).toMatchObject([{ copy: edited?.copy }, kept, others]);
});

test('a job stage by hand moves neither a job whose variants are on their way nor another one', async () => {
  const other = await bench.addVariant(picture);
  const states: [jobId: string, stage: string, status: string][] = [
    [variant.jobId, 'planner', 'running'],
    [other.jobId, 'iou_eval', 'done'],
  ];
  for (const state of states)
    await bench.query(
      `insert into pipeline.jobs (job_id, stage, status) values ($1, $2, $3)
       on conflict (job_id) do update set stage = excluded.stage, status = excluded.status`,
      state,
    );
  expect((await bench.call('ad_copy_gen_kor', { job_id: variant.jobId, tenant_id: TENANT })).status).toBe(200);
  for (const [jobId, stage, status] of states)
    expect(await bench.query('select stage, status from pipeline.jobs where job_id = $1', [jobId])).toEqual([
      { stage, status },
    ]);
});

test('two services over one database perform a call once, with a key and without', async () => {
  const lines: Lines<'vision.analyze'> = {};
  const neighbour = await bench.addNeighbour({ script: { 'vision.analyze': lines } });
  for (const key of [(await claim()).key, undefined]) {
    if (key === undefined) variant = await bench.addVariant(picture);
    bench.engines.ledger.clear();
    neighbour.engines.ledger.clear();
    // Whichever is first waits until the others were sent away.
    vision.hang = 1;
    lines.hang = 1;
    const body = bench.ids(variant);
    const calls = [1, 2, 3].flatMap(() => [
      bench.call('vlm_analyze', body, key),
      neighbour.call('vlm_analyze', body, key),
    ]);
    await settled(calls, 5);
    await Promise.race([bench, neighbour].map(({ engines }) => engines.ledger.whenStarted('vision.analyze', 1)));
    bench.engines.release();
    neighbour.engines.release();
    const statuses = (await Promise.all(calls)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409, 409, 409, 409]);
    expect(executions() + neighbour.engines.ledger.started('vision.analyze')).toBe(1);
    expect(await traces()).toHaveLength(1);
    if (key === undefined) continue;
    const [here, there] = [await analyze(key), await neighbour.call('vlm_analyze', body, key)];
    expect([here.status, there.status, there.body]).toEqual([200, 200, here.body]);
  }
});

test('a service that dies at work loses its lease after four seconds; another performs the call, once', async () => {
  const { key } = await claim();
  const doomed = await bench.addNeighbour({ script: { 'vision.analyze': { hang: 1 } } });
  const lost = doomed.call('vlm_analyze', bench.ids(variant), key);
  await doomed.engines.ledger.whenStarted('vision.analyze', 1);
  // Without its connections it can neither renew nor write, as after kill -9; only its caller still waits.
  await doomed.pool.end();
  const died = performance.now();

  let answer = await analyze(key);
  expect([answer.status, answer.retryAfter]).toEqual([409, '1']);
  while (answer.status === 409) {
    await new Promise((resolve) => setTimeout(resolve, Number(answer.retryAfter) * 1000));
    answer = await analyze(key);
  }
  expect(answer.status).toBe(200);
  expect(performance.now() - died).toBeLessThan(8_000);

  const after = await bench.snapshot();
  doomed.engines.release();
  expect((await lost).status).toBeGreaterThanOrEqual(500);
  expect(await bench.snapshot()).toBe(after);
  expect([executions(), (await traces()).length]).toEqual([1, 1]);
});

test('an engine that is away or has ended is answered 503 with Retry-After and leaves no trace', async () => {
  const { key } = await claim();
  vision.die = 1;
  const before = await bench.snapshot();
  const answer = await analyze(key);
  expect([answer.status, answer.retryAfter]).toEqual([503, '1']);
  expect(await bench.snapshot()).toBe(before);
  expect((await analyze(key)).status).toBe(200);
});

test('an engine’s wrong answer is recorded as that engine’s, not corrected', async () => {
  vision.answer = async (real) => ({ ...(await real()), is_valid: false, relevance_score: 0.1 });
  const answer = await analyze();
  expect(answer.body).toMatchObject({ is_valid: false, relevance_score: 0.1 });
  // Such a verdict does not stop the pipeline.
  expect(await state()).toEqual({ current_step: 'vlm_analyze', status: 'done' });
});

test('the row’s time is the moment of the change, not the beginning of the call', async () => {
  vision.hang = 1;
  const call = analyze();
  await bench.engines.ledger.whenStarted('vision.analyze', 1);
  const [{ now }] = (await bench.query<{ now: Date }>('select clock_timestamp() as now')) as [{ now: Date }];
  bench.engines.release();
  expect((await call).status).toBe(200);
  const [row] = await bench.query<{ updated_at: Date }>(
    'select updated_at from jobs_variants where job_variants_id = $1',
    [variant.variantId],
  );
  expect(row?.updated_at.getTime()).toBeGreaterThanOrEqual(now.getTime());
});
