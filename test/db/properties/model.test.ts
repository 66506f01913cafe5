import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createPool } from '../../../src/db/pool.js';
import { cases, timeFor } from '../../support/cases.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { type Hands, LEDGER, openDatabaseBackend } from '../../support/simulation/database-backend.js';
import { MemoryBackend } from '../../support/simulation/memory-backend.js';
import { entrances, meddling, simulate } from '../../support/simulation/simulate.js';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...(await import('../../support/simulation/fake-workflow.js')).fakeWorkflowFunctions,
}));
vi.mock('@temporalio/activity', async (original) => ({
  ...(await original<object>()),
  ...(await import('../../support/simulation/fake-workflow.js')).fakeActivityFunctions,
}));

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

/* What the simulation finds in memory holds for the statements only as long as both do the same. */
it('rows in memory and in the database end alike, move for move', { timeout: timeFor(120_000) }, () =>
  fc.assert(
    fc.asyncProperty(meddling, fc.boolean(), entrances, async (drawn, hasText, entrance) => {
      // What the model has none of: leases of the stage service, and waiting for a picture that is made outside.
      const moves = drawn.filter(
        (move) =>
          move.kind !== 'worker is lost' &&
          !(move.kind === 'written' && move.step === 'img_gen' && move.status === 'running'),
      );
      const [inMemory, inDatabase] = [
        await simulate(new MemoryBackend(hasText, entrance), moves),
        await simulate(await openDatabaseBackend(hands, { hasText, ...entrance }), moves),
      ];
      const end = ({ step, status, generation, retryCount, runs, effects }: typeof inMemory) => ({
        step,
        status,
        generation,
        retryCount,
        runs,
        effects: [...effects].sort(),
      });
      expect(end(inDatabase)).toEqual(end(inMemory));
    }),
    cases(40),
  ),
);
