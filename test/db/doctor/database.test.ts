import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PoolClient } from '../../../src/db/pool.js';
import type { Session } from '../../../src/doctor/check.js';
import { lookAtClock } from '../../../src/doctor/checks/clock.js';
import { lookAtNotifications } from '../../../src/doctor/checks/notifications.js';
import { lookAtTransactions } from '../../../src/doctor/checks/transactions.js';
import { codesOf, type Examined, look, openPatient, openSession } from './patient.js';

let examined: Examined;
beforeAll(async () => {
  examined = await openPatient();
});
afterAll(() => examined?.close());

describe('a healthy database', () => {
  it('answers, keeps sessions, hears itself, and says what was measured', async () => {
    const { patient } = examined;
    expect(await look('database', patient)).toMatchObject({
      measured: { version: expect.stringMatching(/^\d+/) },
      findings: [],
    });
    expect(await look('sessions', patient)).toEqual({ measured: { milliseconds: expect.any(Number) }, findings: [] });
    expect(await look('notifications', patient)).toEqual({ measured: { share: 0 }, findings: [] });
    expect(await look('time-zone', patient)).toEqual({ measured: { found: 'Asia/Seoul' }, findings: [] });
    expect(codesOf(await look('clock', patient))).toEqual([]);
    expect(await look('transactions', patient)).toEqual({
      measured: { open: 0, oldestSeconds: 0, transactions: 0 },
      findings: [],
    });
  });
});

describe('a database that is not there', () => {
  it('is named with its place and without its password', async () => {
    const url = 'postgresql://feedlyai:hush@127.0.0.1:1/nowhere';
    const seen = await look('database', { ...examined.patient, url, connect: () => openSession(url) });
    expect(seen).toMatchObject({ measured: null, findings: [{ code: 'database-down', at: '127.0.0.1:1/nowhere' }] });
    expect(JSON.stringify(seen)).not.toContain('hush');
  });
});

describe('sessions', () => {
  /** Lends a backend for a statement, or from `begin` to `rollback`, as transaction poolers do. */
  const lent = async (): Promise<Session> => {
    const { pool } = examined.patient;
    let held: PoolClient | undefined;
    const query = async (text: string) => {
      if (text === 'begin') held = await pool.connect();
      const answer = await (held ?? pool).query(text);
      if (text === 'rollback') {
        held?.release();
        held = undefined;
      }
      return answer;
    };
    return { query: query as Session['query'], on: () => {}, end: async () => {} };
  };

  it('that are lent by a transaction pooler are noticed', async () => {
    expect(codesOf(await look('sessions', { ...examined.patient, connect: lent }))).toEqual(['database-pooled']);
  });

  it('whose notifications get lost are noticed', async () => {
    const deaf = async (): Promise<Session> => {
      const session = await openSession(examined.database.url);
      return { query: session.query.bind(session) as Session['query'], on: () => {}, end: () => session.end() };
    };
    expect((await look('sessions', { ...examined.patient, connect: deaf })).findings).toEqual([
      { code: 'notify-lost', seconds: 3 },
    ]);
  });
});

it('a foreign time zone is a warning for those who name none', async () => {
  const elsewhere = await openPatient();
  try {
    await elsewhere.patient.pool.query(`alter database ${elsewhere.database.name} set timezone to 'UTC'`);
    expect((await look('time-zone', elsewhere.patient)).findings).toEqual([{ code: 'time-zone', found: 'UTC' }]);
  } finally {
    await elsewhere.close();
  }
});

it.each([
  [5_000, 5],
  [-90_000, -90],
])('a clock that is %i ms off is said to be', async (off, seconds) => {
  const { findings } = await lookAtClock(() => Date.now() + off)(examined.patient);
  expect(findings).toEqual([{ code: 'clock-skew', seconds: expect.closeTo(seconds, 0) }]);
});

describe('transactions', () => {
  it('that hold an old snapshot are named with their process', async () => {
    const session = await openSession(examined.database.url, 'report');
    try {
      await session.query('begin isolation level repeatable read');
      const { rows } = await session.query('select pg_backend_pid() as pid, count(*) from jobs');
      await examined.patient.pool.query(`insert into tenants (tenant_id) values ('somebody')`);
      const { measured, findings } = await lookAtTransactions(0)(examined.patient);
      expect(findings).toMatchObject([{ code: 'old-snapshot', pid: rows[0].pid, holder: 'report' }]);
      expect(measured?.open).toBe(1);
      // Transactions are counted over all databases.
      expect(measured?.transactions).toBeGreaterThan(0);
    } finally {
      await session.end();
    }
  });

  it('that wrote to variants and were forgotten are named once', async () => {
    const session = await openSession(examined.database.url, 'forgetful');
    try {
      await session.query('begin');
      await session.query('lock table jobs_variants in row exclusive mode');
      const { rows } = await session.query('select pg_backend_pid() as pid');
      await expect
        .poll(async () => (await lookAtTransactions(0)(examined.patient)).findings, { timeout: 10_000 })
        .toMatchObject([{ code: 'not-committed', pid: rows[0].pid, application: 'forgetful' }]);
    } finally {
      await session.end();
    }
  });
});

it('notifications that a session does not fetch fill the queue', async () => {
  const session = await openSession(examined.database.url, 'deaf');
  try {
    await session.query('listen something');
    await session.query('begin');
    await examined.patient.pool.query(
      `select pg_notify('something', i || repeat('x', 7000)) from generate_series(1, 100) i`,
    );
    const { findings } = await lookAtNotifications(0)(examined.patient);
    expect(findings).toEqual([{ code: 'notification-queue', share: expect.any(Number) }]);
    await session.query('rollback');
  } finally {
    await session.end();
  }
});
