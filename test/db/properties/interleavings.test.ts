import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { decide } from '../../../src/bridge/decide.js';
import { createPool } from '../../../src/db/pool.js';
import { VARIANT_STAGES } from '../../../workflows/contract.js';
import { cases, timeFor } from '../../support/cases.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { stateOf } from '../../support/rows.js';
import { type Hands, LEDGER, openDatabaseBackend } from '../../support/simulation/database-backend.js';
import { disturbances, entrances, meddling, simulate } from '../../support/simulation/simulate.js';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...(await import('../../support/simulation/fake-workflow.js')).fakeWorkflowFunctions,
}));
vi.mock('@temporalio/activity', async (original) => ({
  ...(await original<object>()),
  ...(await import('../../support/simulation/fake-workflow.js')).fakeActivityFunctions,
}));

/* The same as in test/unit/properties, with the statements themselves instead of what they amount to. */

let database: TestDatabase;
let hands: Hands;
beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  const pool = (name: string, writer?: 'bridge' | 'worker') =>
    createPool({ url: database.url, name, size: 6, log, ...(writer && { writer }) });
  hands = {
    bridge: pool('bridge', 'bridge'),
    worker: pool('worker', 'worker'),
    stages: pool('stages'),
    foreign: pool('foreign'),
    log,
  };
  await hands.foreign.query(LEDGER);
});
afterAll(async () => {
  for (const each of ['bridge', 'worker', 'stages', 'foreign'] as const) await hands?.[each].end();
  await database?.drop();
});

it('duplicates, deaths, losses, outages and delays change nothing but the way', { timeout: timeFor(120_000) }, () =>
  fc.assert(
    fc.asyncProperty(disturbances, async (moves) => {
      const backend = await openDatabaseBackend(hands, { hasText: true });
      const ending = await simulate(backend, moves);
      expect({ ...ending, effects: [...ending.effects].sort() }).toMatchObject({
        step: 'iou_eval',
        status: 'done',
        generation: 1,
        events: 0,
        isOpen: false,
        hasOpenRun: false,
        openClaims: [],
        effects: VARIANT_STAGES.map((stage) => `${stage}:1`).sort(),
      });
      expect(ending.retryCount).toBeLessThanOrEqual(ending.lost);
      expect(await stateOf(hands.foreign, 'jobs', backend.unit.jobId)).toBe('iou_eval/done');
    }),
    cases(40),
  ),
);

it(
  'foreign writes, failures and cancellations leave nothing undone and nothing done twice',
  {
    timeout: timeFor(120_000),
  },
  () =>
    fc.assert(
      fc.asyncProperty(meddling, fc.boolean(), entrances, async (moves, hasText, entrance) => {
        const ending = await simulate(await openDatabaseBackend(hands, { hasText, ...entrance }), moves);
        expect(ending).toMatchObject({ events: 0, hasOpenRun: false });
        expect(new Set(ending.effects).size).toBe(ending.effects.length);
        expect(ending.toldToCancel).toEqual(expect.arrayContaining(ending.cancelled));
        const rest = decide(
          { step: ending.step, status: ending.status, hasPicture: true },
          { imageGeneration: 'internal', pictureIsGenerated: false, runIsOpen: false, established: null },
        );
        expect({ ...ending, rest: rest.action }).toMatchObject({ rest: 'nothing' });
      }),
      cases(60),
    ),
);
