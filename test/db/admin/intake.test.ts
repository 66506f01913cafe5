import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pauseIntake, resumeIntake } from '../../../src/admin/intake.js';
import { redeliver } from '../../../src/admin/redeliver.js';
import { claimBatch, holdBack } from '../../../src/bridge/outbox.js';
import { type AdminBench, openAdminBench, order } from './admin-bench.js';

let bench: AdminBench;
beforeAll(async () => {
  bench = await openAdminBench();
  await bench.own.query(`insert into tenants (tenant_id) values ('kim'), ('lee')`);
});
afterAll(() => bench?.close());
beforeEach(() => bench.own.query('truncate jobs cascade; truncate pipeline.outbox, pipeline.pauses'));

/** The tenant's new job, its event held as a bridge holds it. */
const heldJob = async (tenantId: string): Promise<string> => {
  const jobId = randomUUID();
  await bench.own.query('insert into jobs (job_id, tenant_id) values ($1, $2)', [jobId, tenantId]);
  await bench.own.query(`select pipeline.leave_event('job', $1, null)`, [jobId]);
  const { lease, rows } = await claimBatch(bench.own);
  await holdBack(
    bench.own,
    lease,
    rows.map((row) => row.outboxId),
    tenantId,
  );
  return jobId;
};
const held = async (): Promise<string[]> =>
  (await bench.own.query('select job_id from pipeline.outbox where held_at is not null order by outbox_id')).rows.map(
    (row) => row.job_id,
  );
const pause = (tenantId: string | null) => pauseIntake(bench.admin, tenantId, order());
const resume = (tenantId: string | null) => resumeIntake(bench.admin, tenantId, order());

describe('a pause', () => {
  it('of one tenant ends for that one alone', async () => {
    for (const tenant of ['kim', 'lee']) await pause(tenant);
    const [, lees] = [await heldJob('kim'), await heldJob('lee')];
    // What it says of others is nothing.
    expect(await resume('kim')).toMatchObject({
      outcome: 'done',
      resumed: 1,
      observed: { pausedTenants: [], held: 0 },
    });
    expect(await held()).toEqual([lees]);
  });

  it('of one tenant goes on while that of all ends, and the other way round', async () => {
    for (const tenant of [null, 'kim']) await pause(tenant);
    const [kims, lees] = [await heldJob('kim'), await heldJob('lee')];
    expect((await resume(null)).resumed).toBe(1);
    expect(await held()).toEqual([kims]);
    await pause(null);
    expect((await resume('kim')).resumed).toBe(0);
    expect(await held()).toEqual([kims]);
    expect(await held()).not.toContain(lees);
  });

  it('that ends lets nothing go that was put off for another reason', async () => {
    await pause('kim');
    await heldJob('kim');
    await bench.own.query(
      `insert into pipeline.outbox (kind, job_id, available_at) values ('job', $1, '2100-01-01T00:00:00Z')`,
      [randomUUID()],
    );
    expect((await resume('kim')).resumed).toBe(1);
    expect(await bench.count(`select count(*)::int from pipeline.outbox where available_at > '2099-01-01'`)).toBe(1);
  });
});

describe('a redelivery', () => {
  const event = async (isDead: boolean): Promise<string> =>
    (
      await bench.own.query(
        `insert into pipeline.outbox (kind, job_id, attempts, dead_at) values ('job', $1, 3, case when $2 then now() end)
         returning outbox_id`,
        [randomUUID(), isDead],
      )
    ).rows[0].outbox_id;
  const attempts = (outboxId: string): Promise<number> =>
    bench.count('select attempts from pipeline.outbox where outbox_id = $1', outboxId);

  it('is for the dead letter that is named', async () => {
    const [own, other] = [await event(true), await event(true)];
    expect(await redeliver(bench.admin, { outboxId: own }, order())).toMatchObject({
      outcome: 'done',
      observed: 'on its way',
    });
    expect([await attempts(own), await attempts(other)]).toEqual([0, 3]);
  });

  it('is refused for an event that is on its way, and leaves its attempts', async () => {
    const outboxId = await event(false);
    expect((await redeliver(bench.admin, { outboxId }, order())).outcome).toBe('refused');
    expect(await attempts(outboxId)).toBe(3);
  });
});
