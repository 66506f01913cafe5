import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schemas from '../../../src/admin/http/answer-schemas.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { insertFinishedJob } from '../../support/finished-job.js';
import { drawnDish } from '../../support/pictures.js';
import { insertJob, setVariant } from '../../support/rows.js';
import { asDocumented, openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
let photo: Buffer;
beforeAll(async () => {
  bench = await openServerBench();
  photo = await drawnDish(200);
});
afterAll(() => bench?.close());

const put = (jobId: string, bytes: Buffer | undefined, fields: Record<string, string> = {}, headers = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (bytes) body.set('photo', new Blob([new Uint8Array(bytes)]), 'dish.jpg');
  return bench.send('PUT', `/api/admin/jobs/${jobId}/photo`, { body, headers });
};
const originals = async (jobId: string): Promise<number> =>
  (
    await bench.own.query(
      `select count(*)::int as count from image_assets where job_id = $1 and image_type = 'original'`,
      [jobId],
    )
  ).rows[0].count;

describe('another photo', () => {
  it('is what all pictures are made of from now on, once for a key; words, feed and post stay', async () => {
    const { jobId, variantId } = await insertFinishedJob(bench.own);
    await bench.own.query(
      `insert into pipeline.edited_inputs (job_variants_id, generation, overlay_text, subject_hint, picture_format)
       values ($1, 1, '순대국밥', '{"x": 0.2, "y": 0.2}', 'story')`,
      [variantId],
    );
    const key = { 'idempotency-key': randomUUID() };
    const fields = { subjectHint: '{"x": 0.4, "y": 0.6}', note: '흐렸어요' };
    const answer = await put(jobId, photo, fields, key);
    asDocumented(schemas.jobAnswer, answer);
    expect(answer.body).toMatchObject({
      items: [{ variantId, outcome: 'done' }],
      observed: { step: 'instagram_feed_gen' },
    });
    expect((await put(jobId, photo, fields, key)).body).toEqual(answer.body);
    expect(await originals(jobId)).toBe(1);
    expect((await put(jobId, await drawnDish(90), fields, key)).status).toBe(422);

    const { body: job } = await bench.get(`/api/admin/jobs/${jobId}`);
    expect(job).toMatchObject({ step: 'instagram_feed_gen', status: 'done', post: { text: '어제의 글' } });
    const [variant] = job.variants;
    expect(variant).toMatchObject({
      step: 'img_gen',
      status: 'queued',
      generation: 2,
      idea: { texts: { headline: '순대국밥' } },
      edited: { text: '순대국밥', hint: null },
      pictures: { original: job.inputs.photoUrl },
    });
    expect(await bench.assets.read(job.inputs.photoUrl)).toEqual(photo);

    const claims = createVariantClaims(bench.own, {
      maxLostAttempts: 3,
      overlayTextGraceMs: 0,
      overlayTextPatienceMs: 0,
      picturePatienceMs: 0,
    });
    const claimed = await claims.claim({ unitId: variantId, jobId, generation: 2 }, 'img_gen');
    const { rows } = await bench.own.query('select img_asset_id as id from job_inputs where job_id = $1', [jobId]);
    expect(claimed).toMatchObject({
      kind: 'granted',
      claim: { inputs: { source_asset_id: rows[0].id, format: 'story' } },
    });
    const hint = await bench.own.query('select subject_hint as hint from pipeline.jobs where job_id = $1', [jobId]);
    expect(hint.rows[0].hint).toEqual({ x: 0.4, y: 0.6 });
  });

  it('mends a job whose photo could not be used', async () => {
    const { jobId, variantIds } = await insertJob(bench.own, { variants: 2, step: 'img_gen', status: 'queued' });
    for (const id of variantIds) await setVariant(bench.own, id, 'img_gen', 'failed');
    const answer = await put(jobId, photo);
    expect(answer.body.items).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    const { body: job } = await bench.get(`/api/admin/jobs/${jobId}`);
    expect(job.variants).toMatchObject([
      { step: 'img_gen', status: 'queued' },
      { step: 'img_gen', status: 'queued' },
    ]);
  });

  it('is refused while one of the pictures is being made, and nothing is written', async () => {
    const { jobId, variantIds } = await insertJob(bench.own, { variants: 2, step: 'img_gen', status: 'queued' });
    await setVariant(bench.own, variantIds[0] as string, 'img_gen', 'failed');
    await bench.own.query('insert into pipeline.runs (job_variants_id, job_id, open) values ($1, $2, true)', [
      variantIds[1],
      jobId,
    ]);
    const answer = await put(jobId, photo);
    asDocumented(schemas.jobAnswer, answer);
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining('a run is open') } });
    expect(await originals(jobId)).toBe(0);
  });

  it.each([
    ['no photo', undefined, {}, 400, 'photo: upload a picture'],
    ['no picture', Buffer.from('hello'), {}, 415, ''],
    ['a place beside it', 'dish', { subjectHint: '{"x": 2, "y": 0}' }, 400, 'subjectHint'],
    ['a place that is no JSON', 'dish', { subjectHint: 'middle' }, 400, 'must be JSON such as'],
  ] as const)('%s is refused', async (_, bytes, fields, status, words) => {
    const { jobId } = await insertFinishedJob(bench.own);
    const answer = await put(jobId, bytes === 'dish' ? photo : bytes, fields);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body.message)).toContain(words);
  });

  it('of no job is not found', async () => {
    expect((await put(randomUUID(), photo)).status).toBe(404);
  });
});
