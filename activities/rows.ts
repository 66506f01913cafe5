import type { JobStage, Stage, VariantStage } from '../workflows/contract.js';
import type { Claims, StageOrder } from './claims.js';

export interface FailureNote<S extends Stage> extends StageOrder {
  stage: S;
  reason: string;
}

/** Looks and notes that no stage activity makes: what the row asks for now, and why a run ended without one. */
export const createRowActivities = (variants: Claims<VariantStage>, jobs: Claims<JobStage>) => ({
  find_variant_work: ({ unitId }: { unitId: string }) => variants.findWork(unitId),
  fail_variant: ({ stage, reason, ...order }: FailureNote<VariantStage>) =>
    variants.failUnclaimed(order, stage, reason),
  find_job_work: ({ unitId }: { unitId: string }) => jobs.findWork(unitId),
  fail_job: ({ stage, reason, ...order }: FailureNote<JobStage>) => jobs.failUnclaimed(order, stage, reason),
});
