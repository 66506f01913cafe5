import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decide } from '../../../src/bridge/decide.js';
import { VARIANT_STAGES } from '../../../workflows/contract.js';
import { cases, timeFor } from '../../support/cases.js';
import { MemoryBackend } from '../../support/simulation/memory-backend.js';
import { disturbances, entrances, meddling, simulate } from '../../support/simulation/simulate.js';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...(await import('../../support/simulation/fake-workflow.js')).fakeWorkflowFunctions,
}));
vi.mock('@temporalio/activity', async (original) => ({
  ...(await original<object>()),
  ...(await import('../../support/simulation/fake-workflow.js')).fakeActivityFunctions,
}));

const ONCE_EACH = VARIANT_STAGES.map((stage) => `${stage}:1`);

describe('any interleaving', () => {
  it(
    'of duplicates, deaths, losses, outages and delays ends in the one right state',
    { timeout: timeFor(60_000) },
    () =>
      fc.assert(
        fc.asyncProperty(disturbances, async (moves) => {
          const ending = await simulate(new MemoryBackend(true), moves);
          expect(ending).toMatchObject({
            step: 'iou_eval',
            status: 'done',
            generation: 1,
            events: 0,
            isOpen: false,
            hasOpenRun: false,
            openClaims: [],
            effects: ONCE_EACH,
          });
          // A lost attempt is a retry once another takes its place; nothing else is.
          expect(ending.retryCount).toBeLessThanOrEqual(ending.lost);
        }),
        cases(1_000),
      ),
  );

  it('of stumbles ends there too, and counts each as a retry', { timeout: timeFor(60_000) }, () =>
    fc.assert(
      fc.asyncProperty(disturbances, fc.array(fc.nat({ max: 120 }), { maxLength: 3 }), async (moves, stumbles) => {
        const safe = moves.filter((move) => move.kind !== 'worker is lost');
        for (const at of stumbles) safe.splice(at, 0, { kind: 'stage stumbles' });
        const ending = await simulate(new MemoryBackend(true), safe);
        expect(ending).toMatchObject({ step: 'iou_eval', status: 'done', effects: ONCE_EACH, hasOpenRun: false });
        expect(ending.retryCount).toBe(ending.stumbles);
      }),
      cases(500),
    ),
  );

  it.each([
    ['arrives late', true, { step: 'iou_eval', status: 'done' }],
    ['never arrives', false, { step: 'overlay', status: 'failed' }],
  ])('with a text that %s', { timeout: timeFor(60_000) }, (_, arrives, end) =>
    fc.assert(
      fc.asyncProperty(disturbances, fc.nat({ max: 120 }), async (moves, at) => {
        const before = moves.filter((move) => move.kind !== 'worker is lost');
        if (arrives) before.splice(at, 0, { kind: 'text arrives' });
        const ending = await simulate(new MemoryBackend(false), before);
        expect(ending).toMatchObject({ ...end, events: 0, isOpen: false, hasOpenRun: false, retryCount: 0 });
        expect(new Set(ending.effects).size).toBe(ending.effects.length);
      }),
      cases(400),
    ),
  );

  it(
    'of foreign writes, failures and cancellations as well leaves nothing undone and nothing done twice',
    {
      timeout: timeFor(60_000),
    },
    () =>
      fc.assert(
        fc.asyncProperty(meddling, fc.boolean(), entrances, async (moves, hasText, entrance) => {
          const ending = await simulate(new MemoryBackend(hasText, entrance), moves);
          expect(ending).toMatchObject({ events: 0, hasOpenRun: false });
          expect(new Set(ending.effects).size).toBe(ending.effects.length);
          // Who reopens a cancelled row means the new generation to run.
          expect(ending.toldToCancel).toEqual(expect.arrayContaining(ending.cancelled));
          const rest = decide(
            { step: ending.step, status: ending.status, hasPicture: true },
            { imageGeneration: 'internal', pictureIsGenerated: false, runIsOpen: false, established: null },
          );
          expect({ ...ending, rest: rest.action }).toMatchObject({ rest: 'nothing' });
        }),
        cases(1_500),
      ),
  );
});
