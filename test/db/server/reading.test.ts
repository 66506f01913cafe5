import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertJob, setVariant } from '../../support/rows.js';
import { openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

const jobIds = (body: { items: { jobId: string }[] }): string[] => body.items.map(({ jobId }) => jobId);

describe('the list of jobs', () => {
  it('pages steadily while jobs are added: each once, none left out', async () => {
    const made: string[] = [];
    for (let count = 0; count < 7; count++) made.push((await insertJob(bench.foreign)).jobId);
    // Created in the same moment: the id alone decides about their order.
    await bench.foreign.query(`update jobs set created_at = '2026-01-01' where job_id = any($1)`, [made.slice(0, 4)]);
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const { status, body } = await bench.get(`/api/admin/jobs?limit=2${next ? `&cursor=${next}` : ''}`);
      expect(status).toBe(200);
      seen.push(...jobIds(body));
      next = body.next;
      await insertJob(bench.foreign);
    } while (next);
    expect([...seen].sort()).toEqual([...made].sort());
  });

  it('is filtered by state, stage, tenant and age', async () => {
    const { jobId } = await insertJob(bench.own, { step: 'planner', status: 'running' });
    await bench.own.query(
      `update jobs set current_step = 'planner', status = 'failed', created_at = now() - interval '3 hours' where job_id = $1`,
      [jobId],
    );
    for (const [query, isIn] of [
      ['status=failed', true],
      ['status=done', false],
      ['stage=planner', true],
      ['stage=overlay', false],
      ['tenantId=test', true],
      ['tenantId=other', false],
      ['olderThan=2h', true],
      ['olderThan=4h', false],
      ['newerThan=4h', true],
      ['status=failed&newerThan=2h', false],
      ['before=2020-01-01T00:00:00Z', false],
    ] as const) {
      const { body } = await bench.get(`/api/admin/jobs?limit=200&${query}`);
      expect([query, jobIds(body).includes(jobId)]).toEqual([query, isIn]);
    }
  });

  it('knows what needs attention, and why', async () => {
    const calm = await insertJob(bench.own, { step: 'planner', status: 'done' });
    const failed = await insertJob(bench.own, { step: 'planner', status: 'failed' });
    const waiting = await insertJob(bench.own, { step: 'planner', status: 'done' });
    await bench.own.query(
      `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage, since)
       values ($1, 'ad_copy_kor', 1, $2, 'overlay', now() - interval '2 minutes')`,
      [waiting.variantIds[0], waiting.jobId],
    );
    const orphan = await insertJob(bench.own, { step: 'planner', status: 'running' });
    await bench.own.query('insert into pipeline.runs (job_variants_id, job_id, open) values ($1, $2, true)', [
      orphan.variantIds[0],
      orphan.jobId,
    ]);
    const dead = await insertJob(bench.own, { step: 'planner', status: 'queued' });
    await bench.own.query(
      `insert into pipeline.outbox (kind, job_id, job_variants_id, dead_at) values ('variant', $1, $2, now())`,
      [dead.jobId, dead.variantIds[0]],
    );
    const { body } = await bench.get('/api/admin/jobs?needsAttention=true&limit=200');
    const found = new Map(body.items.map((job: { jobId: string; attention: string[] }) => [job.jobId, job.attention]));
    expect(found.get(calm.jobId)).toBeUndefined();
    expect(found.get(failed.jobId)).toEqual(['failed', 'variant failed']);
    expect(found.get(waiting.jobId)).toEqual(['variant waiting past its bound']);
    expect(found.get(orphan.jobId)).toEqual(['variant running without owner']);
    expect(found.get(dead.jobId)).toEqual(['variant not deliverable']);
    const variants = await bench.get('/api/admin/variants?needsAttention=true&limit=200');
    expect(variants.body.items.map(({ variantId }: { variantId: string }) => variantId)).toContain(
      orphan.variantIds[0],
    );
  });

  it.each([
    ['ad_copy_kor', 'variant', ['variant waiting past its bound']],
    // Bounds of their own, longer and shorter, and none.
    ['picture', 'variant', undefined],
    ['siblings', 'job', ['waiting past its bound']],
    ['ad_copy_eng', 'job', undefined],
  ])('measures a wait of two minutes for %s by its own bound', async (evidence, unit, attention) => {
    const { jobId, variantIds } = await insertJob(bench.own, { step: 'planner', status: 'done' });
    await bench.own.query(
      `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage, since)
       values ($1, $2, 1, $3, 'overlay', now() - interval '2 minutes')`,
      [unit === 'job' ? jobId : variantIds[0], evidence, jobId],
    );
    const { body } = await bench.get('/api/admin/jobs?needsAttention=true&limit=200');
    expect(body.items.find((job: { jobId: string }) => job.jobId === jobId)?.attention).toEqual(attention);
    const detail = await bench.get(`/api/admin/jobs/${jobId}`);
    expect(detail.body.attention).toEqual(unit === 'job' && attention ? attention : []);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['status=perhaps', 'status'],
    ['olderThan=soon', 'olderThan'],
    ['before=yesterday', 'before'],
    ['cursor=abc', 'cursor'],
    ['stat=failed', 'stat'],
  ])('refuses %s and names the field', async (query, field) => {
    const { status, body } = await bench.get(`/api/admin/jobs?${query}`);
    expect(status).toBe(400);
    expect(JSON.stringify(body.message)).toContain(field);
  });
});

describe('one job', () => {
  it('is shown with everything known of it', async () => {
    const { jobId, variantIds } = await insertJob(bench.own, { step: 'vlm_analyze', status: 'running', variants: 2 });
    const [variantId] = variantIds as [string];
    await bench.own.query(
      `insert into pipeline.runs (job_variants_id, job_id, open, door, reason) values ($1, $2, true, 'A', 'no room')`,
      [variantId, jobId],
    );
    await bench.own.query(
      `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state, retries, reason)
       values ($1, 'planner', 1, $2, $1, 'failed', 2, 'no room')`,
      [variantId, jobId],
    );
    const { rows } = await bench.own.query(
      `insert into overlay_layouts (job_variants_id, layout) values ($1, '{"text": "따뜻한 국밥"}') returning overlay_id`,
      [variantId],
    );
    await bench.own.query(
      `insert into evaluations (job_id, overlay_id, evaluation_type, metrics) values ($1, $2, 'ocr', '{"accuracy": 0.9}')`,
      [jobId, rows[0].overlay_id],
    );
    await setVariant(bench.own, variantId, 'planner', 'failed');

    const { status, body } = await bench.get(`/api/admin/jobs/${jobId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      jobId,
      tenantId: 'test',
      step: 'vlm_analyze',
      status: 'running',
      recorded: { stage: 'vlm_analyze', status: 'running' },
      workflowId: `job-${jobId}`,
      workflowUrl: `http://ui/namespaces/default/workflows/job-${jobId}`,
      inputs: { descKor: '든든한 국밥' },
      feed: null,
    });
    expect(body.copy.map(({ stage }: { stage: string }) => stage).sort()).toEqual(['ad_copy_eng', 'ad_copy_kor']);
    expect(body.variants).toHaveLength(2);
    expect(body.variants[0]).toMatchObject({
      variantId,
      ordinal: 1,
      step: 'planner',
      status: 'failed',
      door: 'A',
      reason: 'no room',
      attention: ['failed'],
      overlayText: '따뜻한 국밥',
      scores: { ocr: { accuracy: 0.9 }, iou: null },
      attempts: [{ stage: 'planner', state: 'failed', retries: 2, reason: 'no room' }],
    });
    const words = body.timeline.map(({ what }: { what: string }) => what);
    expect(words).toEqual(['job created', 'stage begun', 'stage failed']);
  });

  it.each([
    ['of nobody', randomUUID(), 404],
    ['with no id', 'abc', 400],
  ])('%s is answered as such', async (_, id, status) => {
    expect((await bench.get(`/api/admin/jobs/${id}`)).status).toBe(status);
    expect((await bench.get(`/api/admin/variants/${id}`)).status).toBe(status);
  });
});

describe('the system', () => {
  it('shows events on their way, dead letters and pauses', async () => {
    const { jobId } = await insertJob(bench.foreign);
    const { body } = await bench.get('/api/admin/intake');
    expect(body.outbox).toMatchObject({ dead: 1, held: 0 });
    expect(body.outbox.waiting).toBeGreaterThan(0);
    expect(body.deadLetters).toHaveLength(1);
    expect(body.pauses).toEqual([]);
    expect(jobId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('shows the queues and who polls them', async () => {
    const { status, body } = await bench.get('/api/admin/queues');
    expect(status).toBe(200);
    expect(body.items.map(({ queue, kind }: { queue: string; kind: string }) => [queue, kind])).toEqual([
      ['ad-pipeline', 'workflow'],
      ['ad-pipeline', 'activity'],
      ['image-generation', 'activity'],
    ]);
    expect(body.items[2]).toMatchObject({ slotsPerWorker: 2, backlog: 0 });
  });

  it('describes itself', async () => {
    const { body } = await bench.get('/openapi.json');
    const list = body.paths['/api/admin/jobs'].get;
    expect(list.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['status', 'stage', 'tenantId', 'needsAttention', 'olderThan', 'limit', 'cursor']),
    );
    const retry = body.paths['/api/admin/variants/{variantId}/retry'].post;
    expect(Object.keys(retry.requestBody.content['application/json'].schema.properties)).toEqual([
      'from',
      'text',
      'hint',
      'idea',
      'format',
      'tone',
      'note',
    ]);
    expect((await bench.get('/docs')).status).toBe(200);
  });
});
