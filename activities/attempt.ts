import { activityInfo, CancelledFailure, cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { STAGE_FAILED, type Stage, type StageOutcome } from '../workflows/contract.js';
import type { Claim, Claims, StageOrder } from './claims.js';
import { Away, BadInput, Busy } from './failures.js';
import { withHeartbeat } from './heartbeat.js';

export interface AttemptPolicy {
  /** Extra attempts after a countable failure of the same input. */
  maxRetries: number;
  /** How long a dependency may be away before the unit fails, in milliseconds. */
  outagePatienceMs: number;
}

const OUTAGE_DELAY_MS = { least: 1_000, most: 30_000 };
const FAILURE_DELAY_MS = { first: 1_000, most: 30_000 };

/**
 * One attempt at one stage: claim the row, do the work, leave the row done. Every way out says what the next attempt
 * needs to know. Work must be safe to repeat with the same claim.
 */
export function attempt<S extends Stage>(
  claims: Claims<S>,
  policy: AttemptPolicy,
  stage: S,
  work: (claim: Claim, signal: AbortSignal) => Promise<void>,
): (order: StageOrder) => Promise<StageOutcome<S>> {
  return (order) =>
    withHeartbeat(async () => {
      const answer = await claims.claim(order, stage);
      if (answer.kind !== 'granted') return answer;
      const { claim } = answer;
      if (activityInfo().attempt > 1)
        log.info(`[RETRY] ${stage} of ${order.unitId}, attempt ${activityInfo().attempt}`);
      try {
        await work(claim, cancellationSignal());
        return { kind: 'done' };
      } catch (error) {
        throw await sortFailure(claims, policy, claim, error);
      }
    });
}

async function sortFailure<S extends Stage>(
  claims: Claims<S>,
  policy: AttemptPolicy,
  claim: Claim,
  error: unknown,
): Promise<Error> {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof CancelledFailure || (error instanceof Error && error.name === 'AbortError')) {
    // A worker that shuts down, or a run that was cancelled: the next attempt is no retry.
    await claims.release(claim, 'handed_over', reason);
    return error instanceof CancelledFailure ? error : new CancelledFailure(reason);
  }
  if (error instanceof Busy) {
    await claims.release(claim, 'busy', reason);
    return retryIn(error.retryAfterMs, 'Busy', reason);
  }
  if (error instanceof Away && claim.outageMs < policy.outagePatienceMs) {
    await claims.release(claim, 'outage', reason);
    return retryIn(Math.max(error.retryAfterMs ?? 0, outageDelay(claim.outageMs)), 'Away', reason);
  }
  const isLast = error instanceof BadInput || error instanceof Away || claim.failures >= policy.maxRetries;
  if (!isLast) {
    await claims.release(claim, 'failed', reason);
    const delay = Math.min(FAILURE_DELAY_MS.first * 2 ** claim.failures, FAILURE_DELAY_MS.most);
    return retryIn(withJitter(delay), 'StageError', reason);
  }
  const wasOurs = await claims.fail(claim, reason);
  // Refused: another attempt holds the claim or the row has moved on. A further attempt reads the row and follows it.
  if (!wasOurs) return retryIn(0, 'ClaimLost', reason);
  return ApplicationFailure.create({ type: STAGE_FAILED, message: `${claim.stage}: ${reason}`, nonRetryable: true });
}

const retryIn = (milliseconds: number, type: string, message: string): ApplicationFailure =>
  ApplicationFailure.create({ type, message, ...(milliseconds > 0 && { nextRetryDelay: milliseconds }) });

/**
 * Twice as long as it has lasted, between a second and half a minute: eight calls in the first two minutes. A dependency
 * that asks for more time gets it; one that asks for less does not make the calls more frequent.
 */
const outageDelay = (outageMs: number): number =>
  withJitter(Math.min(Math.max(2 * outageMs, OUTAGE_DELAY_MS.least), OUTAGE_DELAY_MS.most));

/** Up to a tenth longer, never shorter, so that a crowd spreads out and the bounds above hold. */
const withJitter = (milliseconds: number): number => milliseconds * (1 + Math.random() / 10);
