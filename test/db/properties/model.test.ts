import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { cases, timeFor } from '../../support/cases.js';
import { openDatabaseBackend } from '../../support/simulation/database-backend.js';
import { openHands } from '../../support/simulation/hands.js';
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

let hands: Awaited<ReturnType<typeof openHands>>;
beforeAll(async () => {
  hands = await openHands();
});
afterAll(() => hands?.close());

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
