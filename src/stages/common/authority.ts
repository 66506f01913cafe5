import type { Pool } from '../../db/pool.js';
import { parseEffectKey, type Stage } from '../../../workflows/contract.js';
import { badRequest, conflict } from './refusal.js';
import type { JobUnit, VariantUnit } from './units.js';

/** By what right a call works: for an open claim of the pipeline, or on its own as the original's callers do. */
export type Authority =
  | { kind: 'claim'; key: string; generation: number; openedAt: Date }
  | { kind: 'own'; generation: number };

/** The state the row must be in before a call that comes without a claim (contract §4.1). */
export interface RequiredState {
  step: string;
  status: string;
}

interface ClaimRow {
  state: string;
  opened_at: Date;
}

const findClaim = async (
  pool: Pool,
  unitId: string,
  stage: Stage,
  generation: number,
): Promise<ClaimRow | undefined> => {
  const { rows } = await pool.query<ClaimRow>(
    'select state, opened_at from pipeline.claims where unit_id = $1 and stage = $2 and generation = $3',
    [unitId, stage, generation],
  );
  return rows[0];
};

/** @throws Refusal 409 when the key's claim is not open, or is not this stage's or this unit's. */
async function authoriseClaim(
  pool: Pool,
  key: string,
  unitId: string,
  stage: Stage,
): Promise<Extract<Authority, { kind: 'claim' }> | undefined> {
  const named = parseEffectKey(key);
  if (!named) return undefined;
  if (named.stage !== stage)
    throw conflict(`Idempotency-Key names the stage ${named.stage}, this endpoint performs ${stage}`);
  if (named.unitId !== unitId) throw conflict('Idempotency-Key names another unit than the request');
  const claim = await findClaim(pool, unitId, stage, named.generation);
  if (claim?.state !== 'open') {
    throw conflict(`No open claim for ${key}${claim ? ` (it is ${claim.state})` : ''}`);
  }
  return { kind: 'claim', key, generation: named.generation, openedAt: claim.opened_at };
}

/**
 * Decides whether a variant call may begin. Reads only.
 * @throws Refusal 409 (no open claim, row elsewhere, run open) or 400 (the original's wrong state).
 */
export async function authoriseVariantCall(
  pool: Pool,
  unit: VariantUnit,
  stage: Stage,
  key: string | undefined,
  required: RequiredState | undefined,
): Promise<Authority> {
  const claimed = key === undefined ? undefined : await authoriseClaim(pool, key, unit.variantId, stage);
  if (claimed) {
    if (unit.step !== stage || unit.status !== 'running') {
      throw conflict(
        `The claim ${claimed.key} needs the variant at (${stage}, running); it is at (${unit.step}, ${unit.status})`,
      );
    }
    return claimed;
  }
  const { rowCount } = await pool.query(OPEN_RUN_OF_VARIANT, [unit.variantId]);
  if (rowCount) throw conflict('The pipeline is working on this job variant; the call had no effect');
  if (required && (unit.step !== required.step || unit.status !== required.status)) {
    throw badRequest(
      `Invalid job variant state: ${stage} needs (${required.step}, ${required.status}), the variant is at (${unit.step}, ${unit.status})`,
    );
  }
  return { kind: 'own', generation: unit.generation };
}

/** A run without a claim of its own is only waiting and may be helped along by hand. */
export const OPEN_RUN_OF_VARIANT = `select from pipeline.runs r where r.job_variants_id = $1 and r.open
  and exists (select from pipeline.claims c where c.unit_id = r.job_variants_id and c.state = 'open')`;

export const OPEN_CLAIM_OF_JOB = `select from pipeline.jobs p join pipeline.claims c on c.unit_id = p.job_id
  where p.job_id = $1 and p.status = 'running' and c.stage = p.stage and c.generation = p.generation and c.state = 'open'`;

/** The same for a job call: its recorded state counts, the public row is a copy that others write as well. */
export async function authoriseJobCall(
  pool: Pool,
  unit: JobUnit,
  stage: Stage,
  key: string | undefined,
): Promise<Authority> {
  const claimed = key === undefined ? undefined : await authoriseClaim(pool, key, unit.jobId, stage);
  if (claimed) {
    const { rows } = await pool.query<{ stage: string; status: string }>(
      'select stage, status from pipeline.jobs where job_id = $1',
      [unit.jobId],
    );
    if (rows[0]?.stage !== stage || rows[0].status !== 'running') {
      throw conflict(
        `The claim ${claimed.key} needs the job at (${stage}, running); it is at (${rows[0]?.stage}, ${rows[0]?.status})`,
      );
    }
    return claimed;
  }
  const { rowCount } = await pool.query(OPEN_CLAIM_OF_JOB, [unit.jobId]);
  if (rowCount) throw conflict('The pipeline is working on this job; the call had no effect');
  return { kind: 'own', generation: unit.generation };
}
