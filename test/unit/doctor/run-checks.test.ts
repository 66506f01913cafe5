import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exitCodeFor } from '../../../src/cli/doctor.js';
import type { Finding } from '../../../src/diagnosis/findings.js';
import type { Check, Patient } from '../../../src/doctor/check.js';
import { CHECKS } from '../../../src/doctor/checks.js';
import { runChecks } from '../../../src/doctor/run-checks.js';

const NOBODY = {} as Patient;

/** The real list of checks, each of which finds nothing but what is said here. */
const checksThat = (looks: Partial<Record<Check['name'], () => Promise<Finding[]> | Finding[]>>): Check[] =>
  CHECKS.map(
    (check) =>
      ({
        ...check,
        look: async () => {
          const findings = (await looks[check.name]?.()) ?? [];
          return { measured: {}, findings };
        },
      }) as unknown as Check,
  );

const examine = async (looks: Parameters<typeof checksThat>[0]) => {
  const reports = await runChecks(NOBODY, checksThat(looks), 50);
  return {
    codes: reports.flatMap(({ findings }) => findings.map(({ code }) => code)),
    unknown: reports.filter(({ state }) => state === 'unknown').map(({ check }) => check),
    well: reports.filter(({ state }) => state === 'ok').length,
    code: exitCodeFor(reports),
  };
};

const fails = () => Promise.reject(new Error('connection refused'));

describe('checks', () => {
  it('that find nothing end with 0, every one of them said', async () => {
    expect(await examine({})).toEqual({ codes: [], unknown: [], well: CHECKS.length, code: 0 });
  });

  it('that throw or hang are a finding each, and keep no other from being made', async () => {
    const seen = await examine({ clock: fails, disk: () => new Promise<never>(() => {}) });
    expect(seen).toEqual({ codes: ['check-failed', 'check-hung'], unknown: [], well: CHECKS.length - 2, code: 5 });
  });

  it('that compute begin when those that ask have their answers', async () => {
    const order: string[] = [];
    const asks = async () => {
      await soon();
      order.push('answered');
      return [];
    };
    await examine({ drawing: () => (order.push('computes'), []), database: asks, disk: asks });
    expect(order).toEqual(['answered', 'answered', 'computes']);
  });

  it('that throw before they have begun are a finding as well', async () => {
    const seen = await examine({
      stages: () => {
        throw new TypeError('no URL');
      },
    });
    expect(seen.codes).toEqual(['check-failed']);
  });
});

describe('a fault is named once', () => {
  it('what could not be looked at without the database is unknown', async () => {
    const seen = await examine({
      database: () => [{ code: 'database-down', at: 'h/d', trouble: 'refused' }],
      schema: fails,
      outbox: fails,
      runs: fails,
      sessions: () => new Promise<never>(() => {}),
      server: () => [{ code: 'server-down', url: 'u', trouble: 'refused' }],
    });
    expect(seen).toMatchObject({
      codes: ['database-down', 'server-down'],
      unknown: ['sessions', 'schema', 'outbox', 'runs'],
      code: 1,
    });
  });

  it('what could be looked at all the same is told', async () => {
    const seen = await examine({
      schema: () => [{ code: 'migrations-pending', names: ['0011'] }],
      outbox: () => [{ code: 'dead-letters', count: 1, outboxIds: ['7'], error: null }],
    });
    expect(seen.codes).toEqual(['migrations-pending', 'dead-letters']);
  });

  it.each<Finding>([
    { code: 'intake-off' },
    { code: 'listener-cut', lastProvenAlive: null, trouble: null },
    { code: 'temporal-down', trouble: 'refused' },
    { code: 'trigger-missing', trigger: 't', table: 'jobs' },
  ])('rows and events that stand still because of $code are not', async (fault) => {
    const seen = await examine({
      server: () => [fault],
      outbox: () => [{ code: 'outbox-stuck', waiting: 1, seconds: 99, error: null }],
      runs: () => [{ code: 'rows-without-run', count: 1, examples: ['variant-1'] }],
    });
    expect(seen.codes).toEqual([fault.code]);
  });

  it('and they are where nothing else is the reason', async () => {
    const seen = await examine({
      outbox: () => [{ code: 'outbox-stuck', waiting: 1, seconds: 99, error: null }],
      runs: () => [{ code: 'rows-without-run', count: 1, examples: ['variant-1'] }],
    });
    expect(seen).toMatchObject({ codes: ['outbox-stuck', 'rows-without-run'], code: 1 });
  });
});

it('the worst finding decides how the command ends', async () => {
  const skew: Finding = { code: 'clock-skew', seconds: 5 };
  expect((await examine({ clock: () => [skew] })).code).toBe(5);
  expect(
    (await examine({ clock: () => [skew], disk: () => [{ code: 'disk-full', folder: '/', freeBytes: 1 }] })).code,
  ).toBe(1);
});
