import type { Stage, StageOutcome } from '../workflows/contract.js';

/** Which unit (variant or job), in which generation, a stage activity is to work on. */
export interface StageOrder {
  unitId: string;
  jobId: string;
  generation: number;
}

/** The right to perform one stage of one unit in one generation. Only the newest token may finish it. */
export interface Claim extends StageOrder {
  stage: Stage;
  token: string;
  /** When the first attempt of this claim began; the day that file names bear. */
  openedAt: Date;
  /** What was pinned with the claim: request fields beyond the ids, the same for every attempt. */
  inputs: Record<string, unknown>;
  tenantId: string;
  /** Earlier countable failures of this claim. */
  failures: number;
  /** Milliseconds since the dependency went away, 0 when it was there at the last attempt. */
  outageMs: number;
}

export type ClaimAnswer<S extends Stage> = { kind: 'granted'; claim: Claim } | StageOutcome<S>;

/** How an attempt ended that did not finish its stage; decides whether the next one counts as a retry. */
export type Ending = 'failed' | 'outage' | 'busy' | 'handed_over';

/** The database's side of a stage, for one kind of unit. Every write is guarded; a refused one changes nothing. */
export interface Claims<S extends Stage> {
  /** Marks the row `(stage, running)` for this attempt, or says where the row is instead. */
  claim(order: StageOrder, stage: S): Promise<ClaimAnswer<S>>;
  /** Notes how this attempt ended, so that the next one counts rightly. */
  release(claim: Claim, ending: Ending, reason: string): Promise<void>;
  /** Writes `(stage, failed)` with the reason; false when the claim was no longer this attempt's to fail. */
  fail(claim: Claim, reason: string): Promise<boolean>;
  /** The same for a run that ends without a claim of its own. */
  failUnclaimed(order: StageOrder, stage: S, reason: string): Promise<void>;
  /** Where the row calls for work now. */
  findWork(unitId: string): Promise<{ stage: S; generation: number } | null>;
}
