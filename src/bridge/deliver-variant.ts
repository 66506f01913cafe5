import { INPUT_STEP, stageBefore, type VariantStage, variantWorkflowId } from '../../workflows/contract.js';
import type { Pool } from '../db/pool.js';
import type { Logger } from '../log.js';
import { type Decision, decide } from './decide.js';
import { isPaused } from './outbox.js';
import { recordOwnership } from './ownership.js';
import type { Runs } from './runs.js';
import type { Starter } from './starter.js';
import { type VariantView, viewVariant } from './variant-view.js';

export interface Delivery {
  pool: Pool;
  starter: Starter;
  runs: Runs;
  log: Logger;
  /** Who makes the pictures of a job whose creator did not say. */
  defaultGeneration: 'internal' | 'external';
  variantsPerJob: number;
}

/**
 * What became of an event: delivered (also when there was nothing to do), to be looked at later, or held because intake
 * of its tenant is paused.
 */
export type Delivered = 'delivered' | { later: number } | { held: string };

/** Looks at one variant as it is now and does what its row asks for. Safe to repeat, at any time, by anybody. */
export async function deliverVariant(d: Delivery, variantId: string, evidenceArrived = false): Promise<Delivered> {
  const view = await viewVariant(d.pool, variantId, (jobId) => recordOwnership(d.pool, jobId, d.defaultGeneration));
  if (!view) {
    d.log.info(`[LISTENER] variant ${variantId} is gone`);
    // Its run may wait for a text that nobody will write any more; woken, it finds no row and ends.
    await d.runs.wake(variantWorkflowId(variantId));
    return 'delivered';
  }
  const seen = `variant ${variantId} (${view.row.step}, ${view.row.status})`;
  d.log.info(`[LISTENER] Job Variant 상태 변화 감지: ${seen}`);

  // Late text changes no row, so the row alone would say "the open run knows".
  const decision: Decision =
    evidenceArrived && view.evidence.runIsOpen ? { action: 'look again' } : decide(view.row, view.evidence);
  switch (decision.action) {
    case 'nothing':
      d.log.info(`[TRIGGER] ${seen}: nothing, because ${decision.because}`);
      break;
    case 'restore':
      await restore(d, view);
      // The run may have met the row while it was set back, found nothing to do there, and ended.
      await d.starter.variant(view, 'img_gen');
      break;
    case 'look again':
      await d.starter.variant(view, 'img_gen');
      d.log.info(`[TRIGGER] ${seen}: its run looks again`);
      break;
    case 'start':
      if (await isPaused(d.pool, view.tenantId)) {
        d.log.info(`[TRIGGER] ${seen}: held, because intake is paused`);
        return { held: view.tenantId };
      }
      await d.starter.variant(view, decision.stage);
      await recordStart(d.pool, view, decision.stage, decision.publish);
      d.log.info(`[TRIGGER] ${seen}: started at ${decision.stage}`);
      break;
  }
  return 'delivered';
}

/**
 * Notes that a run is open, and publishes the acceptance so that the row says so even while no worker is free. A run
 * that has already gone on (or ended) by now is left as it is.
 */
async function recordStart(pool: Pool, view: VariantView, stage: VariantStage, publish?: VariantStage): Promise<void> {
  await pool.query(
    `with variant as (
       select v.job_variants_id, v.job_id, v.current_step, v.status from jobs_variants v
        where v.job_variants_id = $1 and not pipeline.is_settled(v.current_step, v.status) for no key update
     ), run as (
       insert into pipeline.runs as r (job_variants_id, job_id, door, open, opened_at)
       select job_variants_id, job_id, $3, true, clock_timestamp() from variant
       on conflict (job_variants_id) do update
         set open = true, opened_at = clock_timestamp(), door = coalesce(r.door, excluded.door)
         where r.generation = $2
       returning job_variants_id
     )
     update jobs_variants v set current_step = $4, status = 'queued', updated_at = clock_timestamp()
       from variant, run
      where v.job_variants_id = run.job_variants_id
        and variant.current_step = $5 and variant.status = 'done'`,
    [
      view.variantId,
      view.generation,
      stage === 'img_gen' ? 'inside' : null,
      publish ?? stage,
      // Without anything to publish no row matches: no step bears an empty name.
      publish ? (stageBefore(publish) ?? INPUT_STEP) : '',
    ],
  );
}

/** Puts back what this system wrote last, unless the row has moved on since it was looked at. */
async function restore({ pool, log }: Delivery, view: VariantView): Promise<void> {
  const { established } = view.evidence;
  const { rowCount } = await pool.query(
    `with variant as (
       select v.job_variants_id, v.job_id from jobs_variants v join pipeline.runs r using (job_variants_id)
        where v.job_variants_id = $1 and r.generation = $2 and r.open
          and (v.current_step, v.status) is not distinct from ($3, $4) and (r.stage, r.status) = ($5, $6)
          for no key update of v, r
     ), noted as (
       insert into pipeline.audit (actor, action, job_id, job_variants_id, before, after)
       select 'bridge', 'restored', job_id, job_variants_id,
              jsonb_build_object('step', $3::text, 'status', $4::text),
              jsonb_build_object('step', $5::text, 'status', $6::text) from variant
     )
     update jobs_variants v set current_step = $5, status = $6, updated_at = clock_timestamp()
       from variant where v.job_variants_id = variant.job_variants_id`,
    [view.variantId, view.generation, view.row.step, view.row.status, established?.step, established?.status],
  );
  if (rowCount) {
    log.warn(
      `[TRIGGER] variant ${view.variantId}: a foreign (${view.row.step}, ${view.row.status}) was put back to ` +
        `(${established?.step}, ${established?.status})`,
    );
  }
}
