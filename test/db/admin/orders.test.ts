import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelVariant } from '../../../src/admin/cancel-variant.js';
import type { RunControl } from '../../../src/admin/run-control.js';
import { retryVariant } from '../../../src/admin/retry-variant.js';
import { KeyReused } from '../../../src/admin/trouble.js';
import { insertJob, setVariant } from '../../support/rows.js';
import { type AdminBench, newKey, openAdminBench, order, recordingRuns } from './admin-bench.js';

let bench: AdminBench;
beforeAll(async () => {
  bench = await openAdminBench();
});
afterAll(() => bench?.close());

const failedVariant = async (): Promise<string> => {
  const { variantIds } = await insertJob(bench.own, { step: 'planner', status: 'running', imageType: 'pbg_generated' });
  const [variantId] = variantIds as [string];
  await setVariant(bench.own, variantId, 'planner', 'failed');
  return variantId;
};
const auditOf = (variantId: string): Promise<number> =>
  bench.count('select count(*)::int from pipeline.audit where job_variants_id = $1', variantId);

describe('an idempotency key', () => {
  it('answers the same again, whatever has become of the row', async () => {
    const variantId = await failedVariant();
    const idempotencyKey = newKey();
    const first = await retryVariant(bench.admin, { variantId }, order({ idempotencyKey }));
    await setVariant(bench.own, variantId, 'iou_eval', 'done');
    expect(await retryVariant(bench.admin, { variantId }, order({ idempotencyKey }))).toEqual(
      JSON.parse(JSON.stringify(first)),
    );
    expect(await auditOf(variantId)).toBe(1);
  });

  it('answers a refusal the same again', async () => {
    const variantId = await failedVariant();
    const idempotencyKey = newKey();
    const early = { variantId, from: 'iou_eval' } as const;
    expect((await retryVariant(bench.admin, early, order({ idempotencyKey }))).outcome).toBe('refused');
    await setVariant(bench.own, variantId, 'iou_eval', 'failed');
    expect((await retryVariant(bench.admin, early, order({ idempotencyKey }))).outcome).toBe('refused');
  });

  it('given 20 times at once is carried out once and answered alike', async () => {
    const variantId = await failedVariant();
    const idempotencyKey = newKey();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => retryVariant(bench.admin, { variantId }, order({ idempotencyKey }))),
    );
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], outcome: 'done' });
    expect(await auditOf(variantId)).toBe(1);
  });

  it('is refused for other parameters and for another action', async () => {
    const variantId = await failedVariant();
    const idempotencyKey = newKey();
    await retryVariant(bench.admin, { variantId }, order({ idempotencyKey }));
    await expect(
      retryVariant(bench.admin, { variantId, from: 'vlm_analyze' }, order({ idempotencyKey })),
    ).rejects.toThrow(KeyReused);
    await expect(
      cancelVariant({ pool: bench.admin, runs: recordingRuns() }, { variantId }, order({ idempotencyKey })),
    ).rejects.toThrow(KeyReused);
  });

  it('belongs to who gave it', async () => {
    const [a, b] = [await failedVariant(), await failedVariant()];
    const idempotencyKey = newKey();
    const orders = [
      [a, 'one'],
      [b, 'other'],
    ] as const;
    for (let times = 0; times < 2; times++)
      for (const [variantId, actor] of orders)
        expect(await retryVariant(bench.admin, { variantId }, { actor, idempotencyKey })).toMatchObject({
          outcome: 'done',
          variantId,
        });
    const { rows } = await bench.own.query(
      `select decision->'before'->>'variantId' as variant, actor from pipeline.orders where idempotency_key = $1 order by actor`,
      [idempotencyKey],
    );
    expect(rows.map(({ variant, actor }) => [variant, actor])).toEqual(orders);
  });

  it('finishes what broke off after the commit', async () => {
    const variantId = await failedVariant();
    await setVariant(bench.own, variantId, 'planner', 'running');
    const idempotencyKey = newKey();
    const dying = { ...recordingRuns(), cancel: () => Promise.reject(new Error('the process died')) };
    const cancel = (runs: RunControl) =>
      cancelVariant({ pool: bench.admin, runs }, { variantId }, order({ idempotencyKey }));
    await expect(cancel(dying)).rejects.toThrow('the process died');
    const runs = recordingRuns();
    expect(await cancel(runs)).toMatchObject({ outcome: 'done', observed: { status: 'failed', reason: 'cancelled' } });
    expect(runs.cancelled).toEqual([`variant-${variantId}`]);
    expect(await auditOf(variantId)).toBe(1);
  });
});
