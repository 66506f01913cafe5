import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Claim, Claims, StageOrder } from '../../../activities/claims.js';
import type { RunControl } from '../../../src/admin/run-control.js';
import { createJobClaims } from '../../../src/db/job-claims.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import type { Authority } from '../../../src/stages/common/authority.js';
import { finishJobStage } from '../../../src/stages/common/finish-job.js';
import { finishVariantStage } from '../../../src/stages/common/finish-variant.js';
import { hashRequest, type Lease, takeLease } from '../../../src/stages/common/lease.js';
import { loadJobUnit, loadVariantUnit } from '../../../src/stages/common/units.js';
import {
  effectKey,
  type JobStage,
  type ServiceVariantStage,
  type Stage,
  type VariantStage,
} from '../../../workflows/contract.js';
import { createTestDatabase } from '../../support/database.js';

export interface AdminBench {
  /** Orders come in here: not marked, they mark their own writes. */
  admin: Pool;
  /** The pipeline's own hand. */
  own: Pool;
  foreign: Pool;
  claims: Claims<VariantStage>;
  /** Claims a stage and is in the middle of it. */
  begin(ids: { jobId: string; variantId: string }, stage: VariantStage): Promise<Claim>;
  /** What the stage service does at the end of a claimed stage; rejects when its right is gone. */
  finish(claim: Claim, stage: ServiceVariantStage): Promise<void>;
  /** The same for a job. */
  beginJob(order: StageOrder, stage: JobStage): Promise<Claim>;
  finishJob(claim: Claim, stage: JobStage): Promise<void>;
  count(query: string, ...values: unknown[]): Promise<number>;
  close(): Promise<void>;
}

export async function openAdminBench(): Promise<AdminBench> {
  const database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  const pool = (name: string, size: number, writer?: 'worker') =>
    createPool({ url: database.url, name, size, log, ...(writer && { writer }) });
  const admin = pool('admin', 20);
  const own = pool('own', 4, 'worker');
  const foreign = pool('foreign', 4);
  const claims = createVariantClaims(own, {
    maxLostAttempts: 10,
    overlayTextGraceMs: 0,
    overlayTextPatienceMs: 0,
    picturePatienceMs: 60_000,
  });
  return {
    admin,
    own,
    foreign,
    claims,
    async begin({ jobId, variantId }, stage) {
      const { rows } = await own.query('select generation from pipeline.runs where job_variants_id = $1', [variantId]);
      const answer = await claims.claim({ unitId: variantId, jobId, generation: rows[0].generation }, stage);
      if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
      return answer.claim;
    },
    async finish(claim, stage) {
      const unit = await loadVariantUnit(foreign, {
        job_variants_id: claim.unitId,
        job_id: claim.jobId,
        tenant_id: claim.tenantId,
      });
      await withLease(foreign, claim, stage, (authority, lease) =>
        finishVariantStage(foreign, { stage, unit, authority, lease, keepAnswer: true, effect: NO_EFFECT }),
      );
    },
    async beginJob(about, stage) {
      const jobClaims = createJobClaims(own, { maxLostAttempts: 10, siblingsPatienceMs: 60_000 });
      const answer = await jobClaims.claim(about, stage);
      if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
      return answer.claim;
    },
    async finishJob(claim, stage) {
      const unit = await loadJobUnit(foreign, { job_id: claim.jobId, tenant_id: claim.tenantId });
      await withLease(foreign, claim, stage, (authority, lease) =>
        finishJobStage(foreign, { stage, unit, authority, lease, keepAnswer: true, effect: NO_EFFECT }),
      );
    },
    async count(query, ...values) {
      return (await foreign.query({ text: query, values, rowMode: 'array' })).rows[0]?.[0];
    },
    async close() {
      await Promise.all([admin.end(), own.end(), foreign.end()]);
      await database.drop();
    },
  };
}

const NO_EFFECT = { answer: {}, write: async () => {} };

/** What a call does around its work; an equal call that was answered before is not performed again. */
async function withLease(
  pool: Pool,
  { unitId, jobId, generation, openedAt }: Claim,
  stage: Stage,
  work: (authority: Authority, lease: Lease) => Promise<void>,
): Promise<void> {
  const key = effectKey(unitId, stage, generation);
  const taken = await takeLease(pool, { key, endpoint: stage, requestHash: hashRequest(stage, {}), jobId }, 60_000);
  if (!('lease' in taken)) return;
  try {
    await work({ kind: 'claim', key, generation, openedAt }, taken.lease);
  } finally {
    await taken.lease.end({ release: true });
  }
}

/** Remembers what Temporal was asked for; the real one is met in test/temporal. */
export const recordingRuns = (): RunControl & { cancelled: string[]; ended: string[] } => {
  const cancelled: string[] = [];
  const ended: string[] = [];
  return {
    cancelled,
    ended,
    cancel: async (ids) => void cancelled.push(...ids),
    end: async (ids) => void ended.push(...ids),
  };
};

export const order = (extra: { idempotencyKey?: string; note?: string } = {}) => ({ actor: 'test', ...extra });
export const newKey = (): string => randomUUID();
