import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { decide } from '../../../src/bridge/decide.js';
import { VARIANT_STAGES } from '../../../workflows/contract.js';
import { cases, timeFor } from '../../support/cases.js';
import { stateOf } from '../../support/rows.js';
import { openDatabaseBackend } from '../../support/simulation/database-backend.js';
import { openHands } from '../../support/simulation/hands.js';
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

let hands: Awaited<ReturnType<typeof openHands>>;
beforeAll(async () => {
  hands = await openHands();
});
afterAll(() => hands?.close());

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
