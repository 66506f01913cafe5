import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, inTransaction, type Pool } from '../../../src/db/pool.js';
import { type CallIdentity, type Lease, takeLease } from '../../../src/stages/common/lease.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob } from '../../support/rows.js';

/* The right to perform a call, from one caller to the next. */

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'stages', size: 4, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const newCall = async (): Promise<CallIdentity> => {
  const { jobId } = await insertJob(pool);
  return { key: randomUUID(), endpoint: 'planner', requestHash: 'same', jobId };
};
const take = async (call: CallIdentity, by = pool): Promise<Lease> => {
  const taken = await takeLease(by, call, 60_000);
  if (!('lease' in taken)) throw new Error('it is answered');
  return taken.lease;
};
const runOut = ({ key }: CallIdentity): Promise<unknown> =>
  pool.query(
    `update pipeline.answers set lease_until = clock_timestamp() - interval '1 h' where idempotency_key = $1`,
    [key],
  );
const save = (lease: Lease): Promise<void> =>
  inTransaction(pool, async (db) => {
    await lease.confirm(db);
    await lease.save(db, { found: true });
  });
const version = async ({ key }: CallIdentity): Promise<unknown> =>
  (await pool.query('select xmin, lease_until from pipeline.answers where idempotency_key = $1', [key])).rows;

it('is one caller’s until it is answered, and the answer is for all', async () => {
  const call = await newCall();
  const lease = await take(call);
  await expect(take(call)).rejects.toMatchObject({ status: 409 });
  await save(lease);
  await lease.end({ release: true });
  await runOut(call);
  expect(await takeLease(pool, call, 60_000)).toEqual({ answer: { found: true } });
});

it('goes to the next when it runs out, and the late caller neither confirms nor releases it', async () => {
  const call = await newCall();
  const late = await take(call);
  await runOut(call);
  const next = await take(call);
  await expect(save(late)).rejects.toMatchObject({ status: 409 });
  await late.end({ release: true });
  await save(next);
  await next.end({ release: true });
});

it('is released or forgotten without the others', async () => {
  const [one, two] = [await newCall(), await newCall()];
  const [first, second] = [await take(one), await take(two)];
  await first.end({ release: true });
  await expect(take(two)).rejects.toMatchObject({ status: 409 });
  const again = await take(one);
  await inTransaction(pool, (db) => again.forget(db));
  await again.end({ release: false });
  await expect(take(two)).rejects.toMatchObject({ status: 409 });
  await second.end({ release: true });
});

describe('its renewal', () => {
  const flag = (): { raised: Promise<void>; raise(): void } => {
    let raise = (): void => {};
    const raised = new Promise<void>((resolve) => {
      raise = resolve;
    });
    return { raised, raise };
  };
  /** A pool that tells when a lease is to be renewed through it and when it was, to whatever end. */
  const watched = (waitFor?: Promise<void>): { by: Pool; asked: Promise<void>; renewed: Promise<void> } => {
    const asked = flag();
    const renewed = flag();
    const query = async (statement: string, values: unknown[]): Promise<unknown> => {
      if (!/^\s*update pipeline.answers set lease_until/.test(statement)) return pool.query(statement, values);
      asked.raise();
      await waitFor;
      return pool.query(statement, values).finally(() => renewed.raise());
    };
    return { by: { query } as unknown as Pool, asked: asked.raised, renewed: renewed.raised };
  };

  it('is for the caller’s own lease', async () => {
    const [call, other] = [await newCall(), await newCall()];
    const { by, renewed } = watched();
    const lease = await take(call, by);
    await (await take(other)).end({ release: false });
    const [before, others] = [await version(call), await version(other)];
    await renewed;
    expect(await version(call)).not.toEqual(before);
    expect(await version(other)).toEqual(others);
    await lease.end({ release: true });
  });

  it('prolongs nothing that another has taken over', async () => {
    const call = await newCall();
    const { by, renewed } = watched();
    const late = await take(call, by);
    await runOut(call);
    await (await take(call)).end({ release: false });
    const before = await version(call);
    await renewed;
    expect(await version(call)).toEqual(before);
    await late.end({ release: false });
  });

  it('writes nothing once the call is answered, even when it was under way by then', async () => {
    const call = await newCall();
    const answered = flag();
    const { by, asked, renewed } = watched(answered.raised);
    const lease = await take(call, by);
    await asked;
    await save(lease);
    const before = await version(call);
    answered.raise();
    await renewed;
    expect(await version(call)).toEqual(before);
    await lease.end({ release: false });
  });
});
