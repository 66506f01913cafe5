import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as schemas from '../../../src/admin/http/answer-schemas.js';
import { drawnDish } from '../../support/pictures.js';
import { insertJob, setVariant } from '../../support/rows.js';
import { asDocumented, openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

it('every answer is what the document says', async () => {
  const { jobId, variantIds } = await insertJob(bench.own, {
    step: 'vlm_analyze',
    status: 'running',
    variants: 2,
    imageType: 'pbg_generated',
  });
  const [variantId] = variantIds as [string];
  await setVariant(bench.own, variantId, 'planner', 'failed');
  await bench.own.query(
    `insert into pipeline.claims (unit_id, stage, generation, job_id, token) values ($1, 'planner', 1, $2, $1)`,
    [variantId, jobId],
  );
  await bench.own.query(
    `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage) values ($1, 'ad_copy_kor', 1, $2, 'overlay')`,
    [variantId, jobId],
  );
  await bench.own.query(
    `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
       instagram_ad_copy, hashtags) values ($1, 'test', '', '', '', '', '국밥', '#국밥')`,
    [jobId],
  );
  const { rows } = await bench.own.query(
    `insert into pipeline.outbox (kind, job_id, job_variants_id, dead_at) values ('variant', $1, $2, now()) returning outbox_id as id`,
    [jobId, variantId],
  );

  asDocumented(schemas.jobPage, await bench.get('/api/admin/jobs'));
  asDocumented(schemas.jobDetail, await bench.get(`/api/admin/jobs/${jobId}`));
  asDocumented(schemas.designList, await bench.get('/api/admin/designs'));
  asDocumented(schemas.variantPage, await bench.get('/api/admin/variants'));
  asDocumented(schemas.variantNow, await bench.get(`/api/admin/variants/${variantId}`));
  asDocumented(schemas.queuesNow, await bench.get('/api/admin/queues'));
  asDocumented(schemas.intakeAnswer, await bench.post('/api/admin/intake/pause', { tenantId: 'x' }));
  asDocumented(schemas.intakeNow, await bench.get('/api/admin/intake'));
  asDocumented(schemas.intakeAnswer, await bench.post('/api/admin/intake/resume', { tenantId: 'x' }));
  asDocumented(schemas.redeliveryAnswer, await bench.post(`/api/admin/dead-letters/${rows[0].id}/redeliver`));
  asDocumented(
    schemas.retryAnswer,
    await bench.post(`/api/admin/variants/${variantId}/retry`, { text: '새 문구', from: 'vlm_analyze' }),
  );
  asDocumented(schemas.jobDetail, await bench.get(`/api/admin/jobs/${jobId}`));
  asDocumented(schemas.variantAnswer, await bench.post(`/api/admin/variants/${variantId}/cancel`));
  asDocumented(schemas.jobAnswer, await bench.post(`/api/admin/jobs/${jobId}/retry`));
  asDocumented(schemas.jobAnswer, await bench.post(`/api/admin/jobs/${jobId}/rerun`));
  asDocumented(schemas.jobAnswer, await bench.post(`/api/admin/jobs/${jobId}/cancel`));
  asDocumented(schemas.manyAnswer, await bench.post('/api/admin/jobs/retry-failed', { filter: { jobIds: [jobId] } }));
  asDocumented(
    schemas.postAnswer,
    await bench.send('PUT', `/api/admin/jobs/${jobId}/post`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: '국밥', hashtags: '#국밥' }),
    }),
  );
  asDocumented(schemas.deletionAnswer, await bench.send('DELETE', `/api/admin/jobs/${jobId}?dryRun=true`));
  asDocumented(schemas.deletionAnswer, await bench.send('DELETE', `/api/admin/jobs/${jobId}?force=true`));
  asDocumented(schemas.auditPage, await bench.get('/api/admin/audit'));
  const { url } = await bench.assets.publish({
    tenantId: 'x',
    kind: 'original',
    id: randomUUID(),
    extension: 'jpg',
    bytes: await drawnDish(),
    date: new Date(),
  });
  const form = new FormData();
  form.append('photo', new Blob([new Uint8Array(await drawnDish())]));
  asDocumented(schemas.photoAdvice, await bench.send('POST', '/api/admin/photos/advice', { body: form }));
  asDocumented(schemas.creationAnswer, await bench.post('/api/admin/jobs', { tenantId: 'x', pictureUrls: [url] }));
});

it('the document has a schema for every answer of the admin API', async () => {
  const { body } = await bench.get('/openapi.json');
  for (const [path, methods] of Object.entries(
    body.paths as Record<string, Record<string, { responses: Record<string, { content?: object }> }>>,
  )) {
    if (!path.startsWith('/api/admin/') || /events|session/.test(path)) continue;
    for (const [method, { responses }] of Object.entries(methods))
      expect([method, path, responses['200']?.content]).not.toContain(undefined);
  }
});
