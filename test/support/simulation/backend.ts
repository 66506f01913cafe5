import type { Claim, Claims } from '../../../activities/claims.js';
import type { VariantStage } from '../../../workflows/contract.js';

/** One variant as it stands, with what has happened to it. */
export interface Sight {
  step: string;
  status: string;
  generation: number;
  retryCount: number;
  /** As recorded in pipeline.runs. */
  isOpen: boolean;
  /** Stages with an open claim in the present generation. */
  openClaims: string[];
  /** Events in the outbox. */
  events: number;
  /** `stage:generation` of every effect, in order. */
  effects: string[];
}

/** What the bridge does with the decision to start or wake a run. */
export type Start = (generation: number, stage: VariantStage) => Promise<void>;

/** One variant's rows, in memory or in a database; the claims, the bridge's look and the far side's last transaction. */
export interface Backend {
  readonly unit: { variantId: string; jobId: string };
  readonly claims: Claims<VariantStage>;
  /** Does a claimed stage as the far side does: `work`, then one transaction. @throws Busy when it is refused. */
  perform(claim: Claim, work: () => Promise<void>): Promise<void>;
  /** Leases the due events and looks at the variant once; false when there were none. A bridge that dies throws. */
  deliver(start: Start, beforeRemoval: () => Promise<void>): Promise<boolean>;
  /** The leases of bridges that died run out. */
  expireLeases(): Promise<void>;
  passTime(milliseconds: number): Promise<void>;
  /** A foreigner writes the row. */
  write(step: string, status: string): Promise<void>;
  /** A foreigner touches `updated_at`. */
  touch(): Promise<void>;
  /** The same event once more. */
  duplicate(): Promise<void>;
  arriveText(): Promise<void>;
  look(): Promise<Sight>;
}
