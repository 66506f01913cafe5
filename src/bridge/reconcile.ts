import {
  isJobStage,
  jobWorkflowId,
  type JobStage,
  type VariantStage,
  variantWorkflowId,
} from '../../workflows/contract.js';
import { failJob, jobStageCalledFor } from '../db/job-claims.js';
import { failVariant, stageCalledFor } from '../db/variant-claims.js';
import { logAbout } from '../log.js';
import { type Comparison, decideReconcile, type Verdict } from './decide-reconcile.js';
import type { Delivery } from './deliver-variant.js';
import { viewJob } from './job-view.js';
import { recordOwnership } from './ownership.js';
import { claimSuspects, countRestart, ringForgotten, type Suspect, SUSPECTS_AT_ONCE } from './suspects.js';
import { viewVariant } from './variant-view.js';

export interface Reconciliation extends Delivery {
  /** Milliseconds between two looks at the same unit, and the first back-off of a restart. */
  sweepInterval: number;
}

/** One unit that was looked at closely, what was found, and what was done about it. */
export interface Found {
  kind: Suspect['kind'];
  unitId: string;
  jobId: string;
  step: string | null;
  status: string | null;
  action: Verdict['action'] | 'ring';
  because: string;
}

/** Looks at Temporal under way at once. */
const PARALLEL = 8;

/**
 * Compares the rows that have not moved for a while with their workflows, and does what `decideReconcile` says. Safe to
 * repeat, at any time, by anybody; a step that fails is found again by the next round. Returns what it did; with `all`
 * (nobody's turn is respected and every run is looked at) also what it found in order.
 */
export async function reconcile(r: Reconciliation, { all = false } = {}): Promise<Found[]> {
  const found: Found[] = [];
  for (;;) {
    const suspects = await claimSuspects(r.pool, r.sweepInterval, { all });
    found.push(...(await ring(r, suspects)), ...(await compare(r, suspects, all)));
    if (all || suspects.length < SUSPECTS_AT_ONCE) return found;
  }
}

const asFound = ({ kind, unitId, jobId, step, status }: Suspect, action: Found['action'], because: string): Found => ({
  kind,
  unitId,
  jobId,
  step,
  status,
  action,
  because,
});

async function ring(r: Reconciliation, suspects: Suspect[]): Promise<Found[]> {
  const forgotten = suspects.filter((suspect) => !suspect.shouldRun);
  await ringForgotten(r.pool, forgotten);
  return forgotten.map((suspect) => asFound(suspect, 'ring', 'nobody works on it and no event is on its way'));
}

async function compare(r: Reconciliation, suspects: Suspect[], all: boolean): Promise<Found[]> {
  const compared = suspects.filter((suspect) => suspect.shouldRun);
  const open = await r.runs.open(compared.map(workflowIdOf));
  const left = compared.filter((suspect) => all || !open.has(workflowIdOf(suspect)) || isTimeToLookClosely(suspect));
  const found: Found[] = [];
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let suspect = left.shift(); suspect; suspect = left.shift()) found.push(await settleNamed(r, suspect));
    }),
  );
  return found.filter((one) => all || one.action !== 'nothing');
}

/** An open run may wait for nothing. It is asked at the fourth look, the eighth, the sixteenth …: long stages are usual. */
const isTimeToLookClosely = ({ looks, waitsRightly }: Suspect): boolean =>
  !waitsRightly && looks >= 4 && Number.isInteger(Math.log2(looks));

const workflowIdOf = ({ kind, unitId }: Suspect): string =>
  kind === 'variant' ? variantWorkflowId(unitId) : jobWorkflowId(unitId);

const settleNamed = (r: Reconciliation, suspect: Suspect): Promise<Found> => {
  const { kind, unitId, jobId } = suspect;
  const ids = { jobId, ...(kind === 'variant' && { variantId: unitId }), workflowId: workflowIdOf(suspect) };
  return logAbout(ids, () => settleOrSay(r, suspect));
};

/** One unit that cannot be helped must not keep the others from it; the next round tries again. */
async function settleOrSay(r: Reconciliation, suspect: Suspect): Promise<Found> {
  try {
    return await settle(r, suspect);
  } catch (error) {
    const { message } = error as Error;
    r.log.warn({ err: error }, `[RETRY] ${suspect.kind} ${suspect.unitId} could not be reconciled: ${message}`);
    return asFound(suspect, 'nothing', `it could not be helped: ${message}`);
  }
}

/** The row is read after the run was looked at: a run settles its row before it ends. */
async function settle(r: Reconciliation, suspect: Suspect): Promise<Found> {
  const run = await r.runs.look(workflowIdOf(suspect));
  const unit = await unitOf(r, suspect);
  const verdict = decideReconcile({
    calledFor: unit?.calledFor,
    run,
    waitsRightly: suspect.waitsRightly,
    restarts: suspect.restarts,
  });
  const found = asFound(suspect, verdict.action, await explained(r, suspect, verdict, run));
  if (!unit || verdict.action === 'nothing') return found;

  r.log.warn(
    `[RETRY] ${suspect.kind} ${suspect.unitId} (${suspect.step}, ${suspect.status}): ${verdict.action}, because ${found.because}`,
  );
  if (verdict.action === 'restart') await countRestart(r.pool, suspect.unitId, r.sweepInterval);
  if (verdict.action === 'wake') await r.runs.wake(workflowIdOf(suspect));
  else if (verdict.action === 'fail') await unit.fail(found.because);
  else await unit.start();
  await note(r, found);
  return found;
}

/** A person wants to know who ended a run, and of what it died. */
async function explained(
  r: Reconciliation,
  suspect: Suspect,
  verdict: Verdict,
  run: Comparison['run'],
): Promise<string> {
  const hasEnded = run === 'terminated' || run === 'failed';
  const words = hasEnded && verdict.action !== 'nothing' ? await r.runs.lastWords(workflowIdOf(suspect)) : '';
  return words ? `${verdict.because} (${words})` : verdict.because;
}

/** A unit as it is now; undefined when it is gone, settled, or reopened since. */
interface Unit {
  calledFor: VariantStage | JobStage | undefined;
  start(): Promise<void>;
  fail(reason: string): Promise<void>;
}

async function unitOf(r: Reconciliation, { kind, unitId, jobId, generation }: Suspect): Promise<Unit | undefined> {
  const order = { unitId, jobId, generation };
  if (kind === 'variant') {
    const view = await viewVariant(r.pool, unitId, (job) => recordOwnership(r.pool, job, r.defaultGeneration));
    const calledFor = view && stageCalledFor(view.row.step ?? '', view.row.status ?? '');
    if (!calledFor || view.generation !== generation) return undefined;
    return {
      calledFor,
      start: () => r.starter.variant(view, calledFor),
      fail: (reason) => failVariant(r.pool, order, calledFor, reason),
    };
  }
  const job = await viewJob(r, unitId);
  const calledFor = job && jobStageCalledFor(job.recorded.stage, job.recorded.status);
  if (!calledFor || !isJobStage(calledFor) || job.generation !== generation) return undefined;
  return {
    calledFor,
    start: () => r.starter.job({ jobId, tenantId: job.tenantId, generation, stage: calledFor }),
    fail: (reason) => failJob(r.pool, order, calledFor, reason),
  };
}

const note = (r: Reconciliation, { kind, unitId, jobId, step, status, action, because }: Found) =>
  r.pool.query(
    `insert into pipeline.audit (actor, action, job_id, job_variants_id, before, note) values ('reconcile', $1, $2, $3, $4, $5)`,
    [
      { start: 'started', restart: 'restarted', fail: 'failed', wake: 'woken', ring: 'rung', nothing: '' }[action],
      jobId,
      kind === 'variant' ? unitId : null,
      JSON.stringify({ step, status }),
      because,
    ],
  );
