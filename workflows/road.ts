import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { type AwaitedEvidence, STAGE_FAILED, type Stage, type StageOutcome } from './contract.js';
import { lookAgain } from './messages.js';

export interface Position<S extends Stage> {
  stage: S;
  generation: number;
}

const EVIDENCE: Record<AwaitedEvidence, string> = {
  ad_copy_kor: 'Korean text (ad_copy_kor)',
  ad_copy_eng: 'English copy (ad_copy_eng)',
  picture: 'the picture that image generation outside has begun',
  siblings: 'more variants, or the word of image generation that these are all',
};

export interface Road<S extends Stage> {
  perform(position: Position<S>): Promise<StageOutcome<S>>;
  after(stage: S): S | undefined;
  /** Where the row calls for work now; null when it does not. */
  findWork(): Promise<Position<S> | null>;
  /** Ends this run and begins another from there. */
  startAnew(position: Position<S>): Promise<never>;
  /** Writes `(step, failed)` for a run that ends without its stage activity having done so. */
  recordFailure(position: Position<S>, reason: string): Promise<void>;
}

/**
 * Walks from a position to the end of the road, following the row wherever it is, and does not end before it has looked
 * at everything it was asked to look at. Returns how it ended, in words; throws what made a stage fail.
 */
export async function travel<S extends Stage>(road: Road<S>, start: Position<S>): Promise<string> {
  let woken = false;
  setHandler(lookAgain, () => {
    woken = true;
  });

  let at = start;
  for (;;) {
    // Cleared before the look: what is noted from here on is news. A signal that came with the start is answered by it.
    woken = false;
    let failure: unknown;
    let ending = '';
    try {
      ending = await walk();
    } catch (error) {
      failure = error;
      if (!isRecorded(error)) {
        // Cancelled, or out of patience in a way the activity could not see: the row must still say how it ended.
        await CancellationScope.nonCancellable(() => road.recordFailure(at, readableCause(error)));
      }
    }
    const work = await workSinceThen();
    if (work) {
      // A cancelled run can do nothing more; what was sent back to work after the cancellation is another run's.
      if (CancellationScope.current().consideredCancelled) await road.startAnew(work);
      at = work;
      continue;
    }
    if (failure) throw failure;
    return ending;
  }

  async function walk(): Promise<string> {
    for (;;) {
      setCurrentDetails(`At **${at.stage}**, generation ${at.generation}.`);
      const outcome = await road.perform(at);
      switch (outcome.kind) {
        case 'done': {
          const next = road.after(at.stage);
          if (!next) return `${at.stage}/done`;
          at = { stage: next, generation: at.generation };
          break;
        }
        case 'continue':
          at = { stage: outcome.stage, generation: outcome.generation };
          break;
        case 'wait':
          setCurrentDetails(
            `Before **${at.stage}**: waiting for ${EVIDENCE[outcome.evidence]}, at most ${Math.ceil(outcome.waitMs / 1000)} s.`,
          );
          await condition(() => woken, outcome.waitMs);
          woken = false;
          break;
        case 'over':
          setCurrentDetails(outcome.reason);
          return outcome.reason;
      }
    }
  }

  /** Events that arrived on the way may have reopened the row; whoever sent them relies on this run to see. */
  async function workSinceThen(): Promise<Position<S> | null> {
    while (woken) {
      woken = false;
      const work = await CancellationScope.nonCancellable(() => road.findWork());
      if (work) return work;
    }
    return null;
  }
}

/** Whether the activity has already written `(step, failed)` with its reason. */
const isRecorded = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === STAGE_FAILED;

/** The innermost message: what a person wants to read of a failure. */
const readableCause = (error: unknown): string => {
  if (isCancellation(error)) return 'cancelled';
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
};
