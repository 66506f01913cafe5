import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimBatch, giveBack, holdBack, outboxDepth, postpone, removeDelivered } from '../../../src/bridge/outbox.js';
import { startListener } from '../../../src/db/listener.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob, setVariant } from '../../support/rows.js';
import { openTcpProxy } from '../../support/tcp-proxy.js';

let database: TestDatabase;
let bridge: Pool;
let foreign: Pool;
const log = pino({ level: 'silent' });
beforeAll(async () => {
  database = await createTestDatabase();
  bridge = createPool({ url: database.url, name: 'bridge', writer: 'bridge', size: 4, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
});
afterAll(async () => {
  await Promise.all([bridge?.end(), foreign?.end()]);
  await database?.drop();
});
beforeEach(() => bridge.query('truncate pipeline.outbox'));

const backOff = { longest: 60_000, maxAttempts: 3, counts: true };

type Ending = (lease: string, outboxIds: string[]) => Promise<void>;
const ENDINGS: [string, Ending][] = [
  ['removed', (lease, ids) => removeDelivered(bridge, lease, ids)],
  ['put off', (lease, ids) => postpone(bridge, lease, ids, 60_000)],
  ['held', (lease, ids) => holdBack(bridge, lease, ids, 'test')],
  ['given back', (lease, ids) => giveBack(bridge, lease, ids, 'refused', backOff)],
];

describe('outbox', () => {
  it('holds one row for every event of a foreigner and none for our own writes', async () => {
    const { variantIds } = await insertJob(foreign, { variants: 2, adCopyKor: null, adCopyEng: null });
    await setVariant(bridge, variantIds[0] as string, 'img_gen', 'queued');
    await foreign.query('update jobs_variants set updated_at = now(), selected = true');
    const { rows } = await claimBatch(bridge);
    expect(rows.map((row) => row.kind).sort()).toEqual(['job', 'variant', 'variant']);
  });

  it('is claimed by one bridge at a time', async () => {
    await insertJob(foreign, { variants: 20 });
    const batches = await Promise.all([claimBatch(bridge), claimBatch(bridge), claimBatch(bridge)]);
    const ids = batches.flatMap((batch) => batch.rows.map((row) => row.outboxId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(23); // the job, its two texts and its 20 variants
  });

  it('is delivered in the order of its events, wherever their rows lie', async () => {
    await insertJob(foreign, { variants: 80 });
    // Written anew, the first half of the rows lies behind the second.
    await bridge.query(
      `update pipeline.outbox set attempts = 0
        where outbox_id <= (select percentile_disc(0.5) within group (order by outbox_id) from pipeline.outbox)`,
    );
    await bridge.query('analyze pipeline.outbox');
    const ids = (await claimBatch(bridge)).rows.map((row) => Number(row.outboxId));
    expect(ids).toHaveLength(83);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('is not claimed while it is leased to another, or held', async () => {
    const leave = (): Promise<unknown> => foreign.query(`select pipeline.leave_event('job', uuid_generate_v4(), null)`);
    await leave();
    const first = await claimBatch(bridge);
    await leave();
    const second = await claimBatch(bridge);
    expect([first.rows.length, second.rows.length]).toEqual([1, 1]);
    await bridge.query(`insert into pipeline.pauses (tenant_id, actor) values (null, 'test')`);
    await holdBack(bridge, second.lease, [second.rows[0]?.outboxId as string], 'test');
    await bridge.query('delete from pipeline.pauses');
    await leave();
    const third = await claimBatch(bridge);
    expect(third.rows).toHaveLength(1);
    expect(third.rows[0]?.outboxId).not.toBe(second.rows[0]?.outboxId);
  });

  it('skips nothing that commits late', async () => {
    const late = await foreign.connect();
    await late.query('begin');
    const { variantIds } = await insertJob(bridge);
    await late.query(`update jobs_variants set current_step = 'img_gen' where job_variants_id = $1`, [variantIds[0]]);
    await insertJob(foreign);
    const early = await claimBatch(bridge);
    await removeDelivered(
      bridge,
      early.lease,
      early.rows.map((row) => row.outboxId),
    );
    await late.query('commit');
    late.release();
    expect((await claimBatch(bridge)).rows.map((row) => row.variantId)).toEqual([variantIds[0]]);
  });

  it('comes back after a failure and ends as a dead letter that says why', async () => {
    await foreign.query(`select pipeline.leave_event('job', uuid_generate_v4(), null)`);
    for (let attempt = 1; attempt <= backOff.maxAttempts; attempt++) {
      const { lease, rows } = await claimBatch(bridge);
      expect(rows.map((row) => row.attempts)).toEqual([attempt - 1]);
      await giveBack(
        bridge,
        lease,
        rows.map((row) => row.outboxId),
        'refused',
        backOff,
      );
      expect((await claimBatch(bridge)).rows).toEqual([]);
      await bridge.query('update pipeline.outbox set available_at = now()');
    }
    expect((await claimBatch(bridge)).rows).toEqual([]);
    expect(await outboxDepth(bridge)).toMatchObject({ waiting: 0, dead: 1 });
    expect((await bridge.query('select last_error from pipeline.outbox')).rows[0].last_error).toBe('refused');
  });

  it('does not count waiting for Temporal as an attempt', async () => {
    await foreign.query(`select pipeline.leave_event('job', uuid_generate_v4(), null)`);
    for (let round = 0; round < 5; round++) {
      const { lease, rows } = await claimBatch(bridge);
      expect(rows.map((row) => row.attempts)).toEqual([0]);
      await giveBack(
        bridge,
        lease,
        rows.map((row) => row.outboxId),
        'away',
        { ...backOff, counts: false },
      );
      await bridge.query('update pipeline.outbox set available_at = now()');
    }
  });

  it('ends the history of its own row, and writes to no other and to none that is not history', async () => {
    const [{ jobId, variantIds }, neighbour] = [await insertJob(foreign, { variants: 2 }), await insertJob(foreign)];
    const leaveEvents = (): Promise<unknown> =>
      bridge.query(`select pipeline.leave_event('variant', $1, $2), pipeline.leave_event('job', $1, null)`, [
        jobId,
        variantIds[0],
      ]);
    const versions = async (): Promise<unknown[]> =>
      (await bridge.query('select xmin from pipeline.runs union all select xmin from pipeline.jobs')).rows;
    await bridge.query('insert into pipeline.jobs (job_id) values ($1), ($2) on conflict do nothing', [
      jobId,
      neighbour.jobId,
    ]);
    const before = await versions();
    await leaveEvents();
    expect(await versions()).toEqual(before);

    await bridge.query('update pipeline.runs set history = true; update pipeline.jobs set history = true');
    await leaveEvents();
    const { rows } = await bridge.query(
      `select array(select job_variants_id from pipeline.runs where not history) as variants,
              array(select job_id from pipeline.jobs where not history) as jobs`,
    );
    expect(rows).toEqual([{ variants: [variantIds[0]], jobs: [jobId] }]);
    await bridge.query('update pipeline.runs set history = false; update pipeline.jobs set history = false');
  });

  it.each(ENDINGS)('is %s row by row, and only under its lease', async (_, end) => {
    await foreign.query(
      `select pipeline.leave_event('job', uuid_generate_v4(), null), pipeline.leave_event('job', uuid_generate_v4(), null)`,
    );
    const { lease, rows } = await claimBatch(bridge);
    const [first, second] = rows.map((row) => row.outboxId) as [string, string];
    const leased = async (): Promise<string[]> =>
      (
        await bridge.query('select outbox_id from pipeline.outbox where lease_token is not null order by outbox_id')
      ).rows.map((row) => row.outbox_id);
    await end(randomUUID(), [first]);
    expect(await leased()).toEqual([first, second]);
    await end(lease, [first]);
    expect(await leased()).toEqual([second]);
  });

  it('is not removed by a bridge whose lease ran out', async () => {
    await foreign.query(`select pipeline.leave_event('job', uuid_generate_v4(), null)`);
    const slow = await claimBatch(bridge);
    await bridge.query(`update pipeline.outbox set lease_until = now() - interval '1 s'`);
    const next = await claimBatch(bridge);
    await removeDelivered(
      bridge,
      slow.lease,
      slow.rows.map((row) => row.outboxId),
    );
    expect(await outboxDepth(bridge)).toMatchObject({ waiting: 1 });
    await removeDelivered(
      bridge,
      next.lease,
      next.rows.map((row) => row.outboxId),
    );
    expect(await outboxDepth(bridge)).toMatchObject({ waiting: 0 });
  });
});

describe('listener', () => {
  it('comes back when its backend is ended, and wakes for what it may have missed', async () => {
    let wakes = 0;
    let woken = (): void => {};
    const nextWake = (): Promise<void> =>
      new Promise((resolve) => {
        woken = resolve;
      });
    const first = nextWake();
    const listener = startListener({
      url: database.url,
      channels: ['pipeline_wake'],
      reconnectDelay: 1_000,
      probeInterval: 100,
      log,
      onWake: () => {
        wakes++;
        woken();
      },
    });
    try {
      await first;
      await expect.poll(() => listener.state.lastProvenAlive).not.toBeNull();
      const second = nextWake();
      await foreign.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'feedlyai-listener' and datname = current_database()`,
      );
      await second;
      expect(listener.state).toMatchObject({ connected: true, reconnects: 1 });
      const third = nextWake();
      await foreign.query('notify pipeline_wake');
      await third;
      expect(wakes).toBe(3);
    } finally {
      await listener.close();
    }
  });

  it('replaces a connection that has fallen silent, and one that stays silent from its first word', async () => {
    const direct = new URL(database.url);
    const proxy = await openTcpProxy({ host: direct.hostname, port: Number(direct.port) });
    const url = new URL(direct);
    url.port = String(proxy.port);
    let wakes = 0;
    const listener = startListener({
      url: url.toString(),
      channels: ['pipeline_wake'],
      reconnectDelay: 250,
      probeInterval: 100,
      log,
      onWake: () => wakes++,
    });
    try {
      await expect.poll(() => listener.state.lastProvenAlive).not.toBeNull();
      proxy.fallSilent();
      await expect.poll(() => listener.state, { timeout: 10_000 }).toMatchObject({ connected: false, reconnects: 1 });
      proxy.mend();
      await expect.poll(() => listener.state.connected, { timeout: 20_000 }).toBe(true);
      // What was said meanwhile is in the tables.
      expect(wakes).toBe(2);
    } finally {
      await listener.close();
      await proxy.close();
    }
  });
});
