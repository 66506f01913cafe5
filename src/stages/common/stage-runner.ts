import type { JobStage, ServiceVariantStage } from '../../../workflows/contract.js';
import type { Pool } from '../../db/pool.js';
import { logAbout } from '../../log.js';
import { type Authority, authoriseJobCall, authoriseVariantCall, type RequiredState } from './authority.js';
import { beginCall, type Effect, type StageCall } from './effect.js';
import { finishJobStage } from './finish-job.js';
import { finishVariantStage } from './finish-variant.js';
import { type CallIdentity, findSavedAnswer, hashRequest, type Lease, takeLease } from './lease.js';
import { type JobUnit, loadJobUnit, loadVariantUnit, type VariantUnit } from './units.js';

export interface VariantStageDefinition<B> {
  stage: ServiceVariantStage;
  /** Asked of callers without a claim. */
  requires?: RequiredState;
  /** Reads what it needs and does the work; holds no connection while it works and writes nothing. */
  perform(call: StageCall<VariantUnit>, body: B): Promise<Effect>;
}

export interface JobStageDefinition<B> {
  stage: JobStage;
  perform(call: StageCall<JobUnit>, body: B): Promise<Effect>;
}

export interface VariantBody {
  job_variants_id: string;
  job_id: string;
  tenant_id: string;
}

/** Takes a call through checks, lease, work and final transaction. Every refusal leaves all rows as they were. */
export interface StageRunner {
  runVariant<B extends VariantBody>(
    definition: VariantStageDefinition<B>,
    body: B,
    key: string | undefined,
  ): Promise<object>;
  runJob<B extends { job_id: string; tenant_id: string }>(
    definition: JobStageDefinition<B>,
    body: B,
    key: string | undefined,
  ): Promise<object>;
}

/** `longestMs`: how long one call may be at work before another may take it over. */
export const createStageRunner = (pool: Pool, longestMs: number): StageRunner => ({
  async runVariant(definition, body, key) {
    const { stage } = definition;
    const unit = await loadVariantUnit(pool, body);
    const { jobId, variantId } = unit;
    return logAbout({ jobId, variantId, stage }, () =>
      performOnce(pool, longestMs, {
        identity: identify(stage, unit.variantId, unit.jobId, body, key),
        hasKey: key !== undefined,
        authorise: () => authoriseVariantCall(pool, unit, stage, key, definition.requires),
        work: (authority) => definition.perform(beginCall(unit, authority), body),
        finish: (end) => finishVariantStage(pool, { stage, unit, ...end }),
      }),
    );
  },

  async runJob(definition, body, key) {
    const { stage } = definition;
    const unit = await loadJobUnit(pool, body);
    return logAbout({ jobId: unit.jobId, stage }, () =>
      performOnce(pool, longestMs, {
        identity: identify(stage, unit.jobId, unit.jobId, body, key),
        hasKey: key !== undefined,
        authorise: () => authoriseJobCall(pool, unit, stage, key),
        work: (authority) => definition.perform(beginCall(unit, authority), body),
        finish: (end) => finishJobStage(pool, { stage, unit, ...end }),
      }),
    );
  },
});

interface Performance {
  identity: CallIdentity;
  hasKey: boolean;
  authorise(): Promise<Authority>;
  work(authority: Authority): Promise<Effect>;
  finish(end: { authority: Authority; lease: Lease; keepAnswer: boolean; effect: Effect }): Promise<void>;
}

async function performOnce(
  pool: Pool,
  longestMs: number,
  { identity, hasKey, authorise, work, finish }: Performance,
): Promise<object> {
  if (hasKey) {
    // Before anything else: the row has moved on since the answer was saved, and that must not refuse the replay.
    const saved = await findSavedAnswer(pool, identity);
    if (saved) return saved;
  }
  const authority = await authorise();
  const taken = await takeLease(pool, identity, longestMs);
  if ('answer' in taken) return taken.answer;
  const { lease } = taken;
  let isFinished = false;
  try {
    const effect = await work(authority);
    await finish({ authority, lease, keepAnswer: hasKey, effect });
    isFinished = true;
    return effect.answer;
  } finally {
    await lease.end({ release: !isFinished });
  }
}

/**
 * Calls without a key exclude each other per unit and stage. Their lease's name holds an arrow, which no HTTP header
 * can carry, so that no client's key ever meets it.
 */
const identify = (stage: string, unitId: string, jobId: string, body: object, key: string | undefined): CallIdentity =>
  key === undefined
    ? { key: `${stage}→${unitId}`, endpoint: stage, requestHash: '', jobId }
    : { key, endpoint: stage, requestHash: hashRequest(stage, body), jobId };
