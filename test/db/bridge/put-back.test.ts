import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { CLAIM_POLICY } from '../../support/claim-policy.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';

let database: TestDatabase;
let own: Pool;
let foreign: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  own = createPool({ url: database.url, name: 'own', writer: 'worker', size: 4, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
});
afterAll(async () => {
  await Promise.all([own?.end(), foreign?.end()]);
  await database?.drop();
});

const claims = () => createVariantClaims(own, CLAIM_POLICY);

it('a run whose row was set back puts it back and goes on from there, instead of following it', async () => {
  const { jobId, variantIds } = await insertJob(foreign, { step: 'img_gen', status: 'done' });
  const order = { unitId: variantIds[0] as string, jobId, generation: 1 };
  await claims().claim(order, 'vlm_analyze');
  await setVariant(foreign, order.unitId, 'user_img_input', 'done');
  expect(await claims().claim(order, 'yolo_detect')).toEqual({ kind: 'continue', stage: 'vlm_analyze', generation: 1 });
  expect(await stateOf(own, 'jobs_variants', order.unitId)).toBe('vlm_analyze/running');
  const { rows } = await own.query(
    'select actor, action, before, after from pipeline.audit where job_variants_id = $1',
    [order.unitId],
  );
  expect(rows).toEqual([
    {
      actor: 'worker',
      action: 'restored',
      before: { step: 'user_img_input', status: 'done' },
      after: { step: 'vlm_analyze', status: 'running' },
    },
  ]);
});

it('what an earlier generation reached puts nothing back', async () => {
  const { jobId, variantIds } = await insertJob(foreign, { step: 'readability_eval', status: 'done' });
  const order = { unitId: variantIds[0] as string, jobId, generation: 1 };
  await setVariant(own, order.unitId, 'iou_eval', 'done');
  await setVariant(foreign, order.unitId, 'img_gen', 'done');
  await setVariant(foreign, order.unitId, 'planner', 'queued');
  expect(await claims().claim({ ...order, generation: 2 }, 'vlm_analyze')).toEqual({
    kind: 'continue',
    stage: 'planner',
    generation: 2,
  });
});
