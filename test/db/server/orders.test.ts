import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { takePhoto } from '../../../src/generation/photo-lease.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';
import { openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

const failed = async (step = 'planner') => {
  const { jobId, variantIds } = await insertJob(bench.own, {
    step: 'vlm_analyze',
    status: 'running',
    imageType: 'pbg_generated',
  });
  const [variantId] = variantIds as [string];
  await setVariant(bench.own, variantId, step, 'failed');
  return { jobId, variantId };
};

describe('orders over HTTP', () => {
  it('are done with 200, refused with 409 and the observed state, and audited', async () => {
    const { jobId, variantId } = await failed();
    const done = await bench.post(`/api/admin/variants/${variantId}/retry`, { from: 'yolo_detect', note: 'new mask' });
    expect(done).toMatchObject({
      status: 200,
      body: { outcome: 'done', before: { step: 'planner' }, observed: { step: 'yolo_detect', status: 'queued' } },
    });
    const refused = await bench.post(`/api/admin/variants/${variantId}/retry`);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        outcome: 'refused',
        message: 'a run is open; the variant is at (yolo_detect, queued)',
        observed: { generation: 2 },
      },
    });
    const { body } = await bench.get(`/api/admin/audit?jobId=${jobId}`);
    expect(body.items).toMatchObject([
      {
        actor: 'loopback',
        action: 'retry variant',
        variantId,
        note: expect.stringContaining('refused: a run is open'),
      },
      { actor: 'loopback', action: 'retry variant', variantId, note: 'new mask', after: { step: 'yolo_detect' } },
    ]);
  });

  it('with a key are answered again, and refused with 422 for other parameters', async () => {
    const { variantId } = await failed();
    const key = { 'idempotency-key': randomUUID() };
    const where = `/api/admin/variants/${variantId}/retry`;
    const first = await bench.post(where, {}, key);
    expect(await bench.post(where, {}, key)).toMatchObject({ status: 200, body: first.body });
    expect((await bench.post(where, { from: 'vlm_analyze' }, key)).status).toBe(422);
    expect((await bench.post(where, {}, { 'idempotency-key': 'x'.repeat(256) })).status).toBe(400);
  });

  it('reach every operation on a job', async () => {
    const { jobId, variantId } = await failed();
    expect((await bench.post(`/api/admin/jobs/${jobId}/retry`)).body.items).toMatchObject([
      { variantId, outcome: 'done' },
    ]);
    expect((await bench.post(`/api/admin/jobs/${jobId}/rerun`)).status).toBe(409);
    expect((await bench.post(`/api/admin/jobs/${jobId}/cancel`)).body).toMatchObject({ outcome: 'done' });
    expect(await stateOf(bench.own, 'jobs_variants', variantId)).toBe('planner/failed');
    expect((await bench.post(`/api/admin/variants/${variantId}/cancel`)).body.says).toBe('it was cancelled already');
    const counted = await bench.send('DELETE', `/api/admin/jobs/${jobId}?dryRun=true`);
    expect(counted.body.rows).toMatchObject({ jobs: 1, jobs_variants: 1 });
    expect((await bench.send('DELETE', `/api/admin/jobs/${jobId}`)).status).toBe(200);
    expect((await bench.get(`/api/admin/jobs/${jobId}`)).status).toBe(404);
    const { body } = await bench.get(`/api/admin/audit?jobId=${jobId}&action=delete job`);
    expect(body.items).toHaveLength(1);
  });

  it.each([
    ['an unknown variant', `/api/admin/variants/${randomUUID()}/retry`, {}, 404, 'there is no variant'],
    ['an unknown job', `/api/admin/jobs/${randomUUID()}/cancel`, {}, 404, 'there is no job'],
    ['no id', '/api/admin/variants/7/retry', {}, 400, 'variantId'],
    ['an unknown stage', `/api/admin/variants/${randomUUID()}/retry`, { from: 'nowhere' }, 400, 'from'],
    ['an unknown field', `/api/admin/variants/${randomUUID()}/retry`, { form: 'planner' }, 400, 'form'],
    ['bulk without a filter', '/api/admin/jobs/retry-failed', { filter: {} }, 400, 'filter'],
    ['bulk without anything', '/api/admin/jobs/retry-failed', {}, 400, 'filter'],
  ])('answer %s by naming it', async (_, where, body, status, words) => {
    const answer = await bench.post(where, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body.message)).toContain(words);
  });

  it('answer broken JSON with 400', async () => {
    const answer = await bench.send('POST', `/api/admin/variants/${randomUUID()}/retry`, {
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(answer.status).toBe(400);
  });
});

describe('a dead letter', () => {
  it('is given another round of attempts, once', async () => {
    const { jobId, variantId } = await failed();
    const { rows } = await bench.own.query(
      `insert into pipeline.outbox (kind, job_id, job_variants_id, attempts, last_error, dead_at)
       values ('variant', $1, $2, 8, 'refused', now()) returning outbox_id::text as id`,
      [jobId, variantId],
    );
    const where = `/api/admin/dead-letters/${rows[0].id}/redeliver`;
    expect((await bench.post(where)).body).toMatchObject({ outcome: 'done', observed: 'on its way' });
    const event = await bench.own.query('select attempts, dead_at from pipeline.outbox where outbox_id = $1', [
      rows[0].id,
    ]);
    expect(event.rows).toEqual([{ attempts: 0, dead_at: null }]);
    expect((await bench.post(where)).status).toBe(409);
    expect((await bench.post('/api/admin/dead-letters/999999999/redeliver')).status).toBe(404);
    expect((await bench.post('/api/admin/dead-letters/x/redeliver')).status).toBe(400);
  });
});

describe('many at once', () => {
  it('are sent back by filter, each with its outcome, and once for one key', async () => {
    const mine = [await failed('overlay'), await failed('overlay'), await failed('ocr_eval')];
    await bench.own.query(`update pipeline.runs set reason = 'no room for it' where job_variants_id = $1`, [
      mine[0]?.variantId,
    ]);
    const jobIds = mine.map(({ jobId }) => jobId);
    const order = { filter: { jobIds, stage: 'overlay', newerThan: '1h' }, limit: 1 };
    const key = { 'idempotency-key': randomUUID() };
    const first = await bench.post('/api/admin/jobs/retry-failed', order, key);
    expect(first.body).toMatchObject({ outcome: 'done', left: 1, items: [{ outcome: 'done' }] });
    expect((await bench.post('/api/admin/jobs/retry-failed', order, key)).body).toEqual(first.body);
    const second = await bench.post('/api/admin/jobs/retry-failed', { filter: { jobIds } });
    expect(second.body.items).toHaveLength(2);
    expect((await bench.post('/api/admin/jobs/retry-failed', { filter: { jobIds } })).status).toBe(409);
  });
});

describe('edited inputs', () => {
  const claimInputs = async (variantId: string, stage: string) => {
    const claims = createVariantClaims(bench.own, {
      maxLostAttempts: 9,
      overlayTextGraceMs: 0,
      overlayTextPatienceMs: 0,
      picturePatienceMs: 60_000,
    });
    const { rows } = await bench.own.query('select job_id, generation from pipeline.runs where job_variants_id = $1', [
      variantId,
    ]);
    const answer = await claims.claim(
      { unitId: variantId, jobId: rows[0].job_id, generation: rows[0].generation },
      stage as 'overlay',
    );
    if (answer.kind !== 'granted') throw new Error(JSON.stringify(answer));
    return answer.claim.inputs;
  };

  it('change what is drawn from this retry on, and leave the job as it was', async () => {
    const { jobId, variantId } = await failed('iou_eval');
    const { body } = await bench.post(`/api/admin/variants/${variantId}/retry`, { text: '새 문구' });
    expect(body).toMatchObject({ outcome: 'done', observed: { step: 'overlay', status: 'queued' } });
    expect(await claimInputs(variantId, 'overlay')).toMatchObject({ text: '새 문구' });
    const { rows } = await bench.own.query(
      `select ad_copy_kor from txt_ad_copy_generations where job_id = $1 and generation_stage = 'ad_copy_kor'`,
      [jobId],
    );
    expect(rows).toEqual([{ ad_copy_kor: '오늘의 따뜻한 국밥' }]);
    expect((await bench.get(`/api/admin/jobs/${jobId}`)).body.variants[0].edited).toMatchObject({
      text: '새 문구',
      generation: 2,
    });
  });

  it('of the tone begin with another picture', async () => {
    const { variantId } = await failed('iou_eval');
    const { rows } = await bench.own.query(
      `select tone_style_id from tone_styles where eng_name = 'Minimalist Branding'`,
    );
    const { body } = await bench.post(`/api/admin/variants/${variantId}/retry`, { tone: 'Minimalist Branding' });
    expect(body.observed).toMatchObject({ step: 'img_gen', status: 'queued' });
    expect(await claimInputs(variantId, 'img_gen')).toMatchObject({ tone_style_id: rows[0].tone_style_id });
  });

  it('of the dish’s place prepare the photo with it, in this generation alone', async () => {
    const { jobId, variantId } = await failed('iou_eval');
    const { rows } = await bench.own.query('select img_asset_id from jobs_variants where job_variants_id = $1', [
      variantId,
    ]);
    const photo = { jobId, sourceId: rows[0].img_asset_id as string };
    const hintOf = async (generation: number) => {
      const state = await takePhoto(bench.own, { ...photo, generation }, randomUUID());
      if (state.kind !== 'ours') throw new Error(state.kind);
      await state.lease.end();
      return state.lease.hint;
    };
    const hint = { x: 0.4, y: 0.6 };
    expect((await bench.post(`/api/admin/variants/${variantId}/retry`, { hint })).body.observed).toMatchObject({
      step: 'img_gen',
    });
    expect(await hintOf(2)).toEqual(hint);
    expect(await hintOf(1)).toBeNull();
  });

  it.each([
    ['drawn before the stage named', { text: 'x', from: 'ocr_eval' }, 409, 'the text is drawn at overlay'],
    ['a dish beside the photo', { hint: { x: 0.9, y: 0.5, width: 0.5, height: 0.1 } }, 400, 'hint'],
    ['a tone there is not', { tone: 'Loud' }, 400, 'there is no tone style'],
  ])('%s are refused', async (_, body, status, words) => {
    const { variantId } = await failed('iou_eval');
    const answer = await bench.post(`/api/admin/variants/${variantId}/retry`, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body.message)).toContain(words);
    expect(await stateOf(bench.own, 'jobs_variants', variantId)).toBe('iou_eval/failed');
  });
});
