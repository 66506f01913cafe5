import { describe, expect, it, vi } from 'vitest';
import { type StageOutcome, stageAfter, type VariantStage } from '../../../workflows/contract.js';
import { type Position, type Road, travel } from '../../../workflows/road.js';
import { currentRun, type RunContext } from '../../support/simulation/fake-workflow.js';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...(await import('../../support/simulation/fake-workflow.js')).fakeWorkflowFunctions,
}));

const at = (stage: VariantStage, generation = 1): Position<VariantStage> => ({ stage, generation });
const OVER: StageOutcome<VariantStage> = { kind: 'over', reason: 'nothing to do' };

/** A run whose stages end as told; `performed` says which were asked for, `looked` how often the row was looked at. */
const road = (
  outcomes: ((run: RunContext) => StageOutcome<VariantStage>)[],
  work: (Position<VariantStage> | null)[],
) => {
  const run: RunContext = { isCancelled: false, handler: undefined, condition: async () => false };
  const performed: string[] = [];
  let looked = 0;
  const steps: Road<VariantStage> = {
    async perform({ stage, generation }) {
      performed.push(`${stage}:${generation}`);
      const outcome = outcomes.shift();
      if (!outcome) throw new Error(`${stage} was not expected`);
      return outcome(run);
    },
    after: stageAfter,
    async findWork() {
      looked++;
      return work.shift() ?? null;
    },
    startAnew: () => Promise.reject(new Error('not asked for')),
    recordFailure: () => Promise.reject(new Error('not asked for')),
  };
  const ended = (start: Position<VariantStage>) =>
    currentRun.run({ run, isShielded: false }, () => travel(steps, start));
  return { ended, performed, looked: () => looked };
};

describe('a run that was asked to look while it worked', () => {
  const woken = (run: RunContext): StageOutcome<VariantStage> => {
    run.handler?.();
    return OVER;
  };

  it('goes on with what was sent back to work meanwhile, before it ends', async () => {
    const { ended, performed, looked } = road([woken, () => OVER], [at('planner', 2)]);
    expect(await ended(at('iou_eval'))).toBe('nothing to do');
    expect(performed).toEqual(['iou_eval:1', 'planner:2']);
    expect(looked()).toBe(1);
  });

  it('ends when nothing calls for work, having looked once', async () => {
    const { ended, performed, looked } = road([woken], [null]);
    await ended(at('iou_eval'));
    expect(performed).toEqual(['iou_eval:1']);
    expect(looked()).toBe(1);
  });

  it('does not look when nobody asked', async () => {
    const { ended, looked } = road([() => OVER], [at('planner', 2)]);
    await ended(at('iou_eval'));
    expect(looked()).toBe(0);
  });
});
