import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Away } from '../../../activities/failures.js';
import type { Claim } from '../../../activities/claims.js';
import { createStageClient } from '../../../src/stage-api/stage-client.js';
import { plainPicture } from './pictures.js';
import { ROUTES, StageBench, TENANT, type Variant } from './stage-bench.js';

const KEY = 'a key of this test alone';

let bench: StageBench;
let variant: Variant;
beforeAll(async () => {
  bench = await StageBench.open({ apiKey: KEY });
  variant = await bench.addVariant(await plainPicture('#7a5230', 256));
});
afterAll(() => bench.close());

const ask = (headers: Record<string, string>, route = `/api/yh/${ROUTES.vlm_analyze}`): Promise<Response> =>
  fetch(bench.service.url + route, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(bench.ids(variant)),
  });

test.each([
  ['nothing', {}],
  ['an empty key', { 'x-api-key': '' }],
  ['another key', { 'x-api-key': `${KEY}!` }],
  ['another bearer', { authorization: 'Bearer something else' }],
  ['the key as a password', { authorization: `Basic ${Buffer.from(`:${KEY}`).toString('base64')}` }],
] as const)('whoever shows %s is answered 401 everywhere, and no row moves', async (_, headers) => {
  const before = await bench.snapshot();
  for (const route of [...Object.values(ROUTES).map((name) => `/api/yh/${name}`), '/metrics', '/nowhere']) {
    const answer = await ask(headers, route);
    expect([route, answer.status, await answer.json()]).toEqual([route, 401, { detail: 'Not authenticated' }]);
  }
  expect(await bench.snapshot()).toBe(before);
});

test('health and the documents stay open: a monitor and a reader come before the key', async () => {
  for (const route of ['/healthz', '/openapi.json', '/redoc', '/docs']) {
    expect([route, (await bench.get(route)).status]).toEqual([route, 200]);
  }
});

test.each([
  ['Authorization', { authorization: `Bearer ${KEY}` }],
  ['X-API-Key', { 'x-api-key': KEY }],
])('the key is taken as %s', async (_, headers) => {
  expect((await ask(headers)).status).toBe(200);
});

test('the pipeline shows its key, and waits while that key is refused', async () => {
  const other = await bench.addVariant(await plainPicture('#7a5230', 256));
  await bench.claim('vlm_analyze', { unitId: other.variantId, jobId: other.jobId });
  const claim: Claim = {
    unitId: other.variantId,
    jobId: other.jobId,
    generation: 1,
    stage: 'vlm_analyze',
    token: randomUUID(),
    openedAt: new Date(),
    inputs: {},
    tenantId: TENANT,
    failures: 0,
    outageMs: 0,
  };
  const perform = async (apiKey: string): Promise<void> => {
    const client = createStageClient({ baseUrl: bench.service.url, timeout: 20_000, connections: 1, apiKey });
    try {
      await client.perform(claim, new AbortController().signal);
    } finally {
      await client.close();
    }
  };
  const refusal = await perform('an old key of before').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Away);
  expect((refusal as Away).message).toContain('YH_API_KEY');
  await perform(KEY);
  const [row] = await bench.query('select current_step, status from jobs_variants where job_variants_id = $1', [
    other.variantId,
  ]);
  expect(row).toEqual({ current_step: 'vlm_analyze', status: 'done' });
});
