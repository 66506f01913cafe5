import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decide, type VariantEvidence, type VariantState } from '../../../src/bridge/decide.js';
import { decideJob, type JobState } from '../../../src/bridge/decide-job.js';
import { jobStageCalledFor } from '../../../src/db/job-claims.js';
import { stageCalledFor } from '../../../src/db/variant-claims.js';
import {
  INPUT_STEP,
  JOB_STAGES,
  STATUSES,
  stageAfter,
  stageBefore,
  VARIANT_STAGES,
} from '../../../workflows/contract.js';
import { cases } from '../../support/cases.js';

const steps = fc.constantFrom(INPUT_STEP, ...VARIANT_STAGES);
const anyStep = fc.option(fc.constantFrom<string>(INPUT_STEP, ...VARIANT_STAGES, 'job_created', ''), { freq: 12 });
const anyStatus = fc.option(fc.constantFrom<string>(...STATUSES, 'sleeping', ''), { freq: 12 });
const rows: fc.Arbitrary<VariantState> = fc.record({ step: anyStep, status: anyStatus, hasPicture: fc.boolean() });
const evidence: fc.Arbitrary<VariantEvidence> = fc.record({
  imageGeneration: fc.constantFrom('internal' as const, 'external' as const),
  pictureIsGenerated: fc.boolean(),
  runIsOpen: fc.boolean(),
  established: fc.option(
    fc.record({ step: steps as fc.Arbitrary<string>, status: fc.constantFrom('queued', 'running', 'done') }),
  ),
});

const law = (check: (row: VariantState, given: VariantEvidence, decision: Decision) => void): void =>
  fc.assert(
    fc.property(rows, evidence, (row, given) => check(row, given, decide(row, given))),
    cases(1_000),
  );

describe('decide', () => {
  it('starts only where the claim of that stage would be granted', () =>
    law((row, _, decision) => {
      if (decision.action !== 'start') return;
      const comesBefore = stageBefore(decision.stage) ?? INPUT_STEP;
      const isGranted =
        (row.step === decision.stage && (row.status === 'queued' || row.status === 'running')) ||
        (row.step === comesBefore && row.status === 'done');
      expect({ row, decision, isGranted }).toMatchObject({ isGranted: true });
    }));

  it('starts at the stage that a run would find for itself', () =>
    law((row, _, decision) => {
      if (decision.action !== 'start') return;
      expect(decision.stage).toBe(stageCalledFor(row.step as string, row.status as string));
    }));

  it('starts nothing beside an open run, and wakes or restores only for one', () =>
    law((_, { runIsOpen }, { action }) => {
      if (runIsOpen) expect(action).not.toBe('start');
      else expect(['start', 'nothing']).toContain(action);
    }));

  it('starts nothing that is settled, whoever asks', () =>
    law((row, _, { action }) => {
      if (row.status === 'failed' || (row.step === 'iou_eval' && row.status === 'done'))
        expect(action).not.toBe('start');
    }));

  it('makes no picture that somebody else makes', () =>
    law((row, given, decision) => {
      if (decision.action !== 'start' || decision.stage !== 'img_gen') return;
      expect({ ...row, ...given }).toMatchObject({ imageGeneration: 'internal', hasPicture: true });
    }));

  it('publishes an acceptance only of what has just come in', () =>
    law((row, _, decision) => {
      if (decision.action !== 'start' || !decision.publish) return;
      expect(decision.publish).toBe(decision.stage);
      expect([`${INPUT_STEP}/done`, 'img_gen/done']).toContain(`${row.step}/${row.status}`);
    }));

  it('has nothing more to do once a restored row is looked at again', () =>
    law((row, given, decision) => {
      if (decision.action !== 'restore' || !given.established) return;
      expect(decide({ ...row, ...given.established }, given)).toMatchObject({ action: 'nothing' });
    }));
});

describe('the order of stages', () => {
  it('leads from the first to the last and back', () => {
    const forward = [VARIANT_STAGES[0] as (typeof VARIANT_STAGES)[number]];
    for (let next = stageAfter(forward[0] as never); next; next = stageAfter(next)) forward.push(next);
    expect(forward).toEqual(VARIANT_STAGES);
    fc.assert(
      fc.property(fc.constantFrom(...VARIANT_STAGES), (stage) => {
        const next = stageAfter(stage);
        if (next) expect(stageBefore(next)).toBe(stage);
      }),
      cases(50),
    );
  });
});

describe('decideJob', () => {
  const jobs: fc.Arbitrary<JobState> = fc.record({
    recorded: fc.record({
      stage: fc.option(fc.constantFrom<string>(...VARIANT_STAGES, ...JOB_STAGES)),
      status: fc.option(fc.constantFrom<string>(...STATUSES)),
    }),
    published: fc.record({ step: anyStep, status: anyStatus }),
    imageGeneration: fc.constantFrom('internal' as const, 'external' as const),
    hasPhoto: fc.boolean(),
    variants: fc.nat({ max: 4 }),
    awaitsSiblings: fc.boolean(),
    age: fc.nat({ max: 10_000 }),
  });

  it('starts by what is recorded, whatever is published', () =>
    fc.assert(
      fc.property(jobs, anyStep, anyStatus, (job, otherStep, otherStatus) => {
        const decision = decideJob(job);
        if (decision.action === 'start') {
          const { stage, status } = job.recorded;
          // A run that only waits for siblings starts before its stage is called for.
          const early = job.awaitsSiblings ? 'ad_copy_gen_kor' : undefined;
          expect(decision.stage).toBe((status === 'done' ? jobStageCalledFor(stage, status) : undefined) ?? early);
          expect(decideJob({ ...job, published: { step: otherStep, status: otherStatus } })).toEqual(decision);
        }
      }),
      cases(500),
    ));

  it('makes variants only where there are none and nobody else makes them', () =>
    fc.assert(
      fc.property(jobs, (job) => {
        const { action } = decideJob(job);
        if (action !== 'create variants' && action !== 'later') return;
        expect(job).toMatchObject({ variants: 0, hasPhoto: true, imageGeneration: 'internal' });
        expect(job.recorded.stage).toBeNull();
      }),
      cases(500),
    ));
});
