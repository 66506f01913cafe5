import { INPUT_STEP, isVariantStage, STATUSES } from '../../workflows/contract.js';
import type { Finding } from './findings.js';
import type { SystemFacts } from './system-facts.js';
import { systemFindings } from './system-findings.js';
import type { VariantFacts } from './variant-facts.js';

/** A task that a free worker has not taken within this time is not going to be taken by it. */
const TAKEN_WITHIN_S = 2;

/**
 * Why a variant is where it is, and what is in its way. Pure: the same facts give the same findings. Faults of the system
 * come first unless the variant has settled, where none of them matters to it any more.
 */
export function variantFindings(variant: VariantFacts, system: SystemFacts): Finding[] {
  const settled = settledFinding(variant);
  if (settled) return [settled];
  const pauses = system.pauses.filter(({ tenantId }) => tenantId === null || tenantId === variant.tenantId);
  const faults = systemFindings({ ...system, pauses });
  const own = [...lockFindings(variant), ...rowFindings(variant)];
  const isHeard = own.some(({ code }) => code === 'running');
  const road = isHeard ? roadFindings(variant, faults) : deliveryFindings(variant, faults, own);
  const all = [...faults, ...own, ...road];
  // "Running" says that nothing is in the way.
  const isStopped = all.some(({ code }) => !['running', 'updated-at-unchanged'].includes(code));
  return isStopped ? all.filter(({ code }) => code !== 'running') : all;
}

/** There is no such row; whoever has inserted it without a commit is the likeliest reason. */
export const unknownVariantFindings = (variantId: string, system: SystemFacts): Finding[] => [
  { code: 'unknown-variant', variantId },
  ...system.transactions.map((transaction) => ({ code: 'not-committed' as const, ...transaction })),
];

function settledFinding({ step, status, run, claim }: VariantFacts): Finding | undefined {
  if (status === 'failed') {
    return {
      code: 'failed',
      stage: step ?? '',
      reason: run?.reason ?? (claim?.state === 'failed' ? claim.reason : null),
    };
  }
  return step === 'iou_eval' && status === 'done' ? { code: 'finished' } : undefined;
}

const lockFindings = ({ holder }: VariantFacts): Finding[] =>
  // Our own transactions and everybody's short ones are over within this second.
  holder && holder.seconds >= 1 ? [{ code: 'not-committed', ...holder }] : [];

/** What the row itself says: wrong words, no picture, somebody else's turn, or ours. */
function rowFindings(variant: VariantFacts): Finding[] {
  const { step, status, hasPicture, updatedAt, updatedAtIsStale } = variant;
  if (step !== INPUT_STEP && !(step && isVariantStage(step))) return [{ code: 'wrong-step', step }];
  if (!status || !(STATUSES as readonly string[]).includes(status)) return [{ code: 'wrong-status', status }];
  const stale: Finding[] = updatedAtIsStale ? [{ code: 'updated-at-unchanged', updatedAt }] : [];
  if (isYesTurn(variant)) return [{ code: 'ye-turn', step, status }, ...stale];
  if (!hasPicture) return [{ code: 'no-picture' }, ...stale];
  return variant.run?.open ? [{ code: 'running', stage: step, status }, ...stale] : stale;
}

/** Before its picture is done a variant that we do not generate belongs to YE. */
function isYesTurn({ step, status, imageGeneration, pictureIsGenerated, run }: VariantFacts): boolean {
  if (run?.open) return false;
  const isOutside = imageGeneration === 'external' || pictureIsGenerated;
  if (step === INPUT_STEP) return isOutside || status !== 'done';
  return step === 'img_gen' && (status === 'running' || (status === 'queued' && isOutside));
}

/** The row calls for work and no run is open: where did the news of it stop? */
function deliveryFindings(variant: VariantFacts, faults: Finding[], own: Finding[]): Finding[] {
  if (own.some(({ code }) => ['ye-turn', 'wrong-step', 'wrong-status', 'no-picture'].includes(code))) return [];
  const dead = variant.events.find(({ isDead }) => isDead);
  if (dead) return [{ code: 'dead-letter', attempts: dead.attempts, error: dead.lastError }];
  const [waiting] = variant.events;
  // A fault that is named already is why it waits.
  if (faults.length > 0) return [];
  if (waiting) return [{ code: 'in-the-outbox', seconds: waiting.ageSeconds, error: waiting.lastError }];
  if (variant.isHistory) return [{ code: 'before-adoption' }];
  return [{ code: 'not-heard' }];
}

/** A run is open: what does it wait for? */
function roadFindings(variant: VariantFacts, faults: Finding[]): Finding[] {
  const { claim, wait, workflow } = variant;
  if (wait) return [{ code: 'waiting-for-text', ...wait }];
  const untaken = workflow?.untaken;
  if (untaken && untaken.seconds >= TAKEN_WITHIN_S) {
    const isNamed = faults.some((fault) => fault.code === 'no-worker' && fault.queue === untaken.queue);
    return isNamed ? [] : [{ code: 'workers-busy', ...untaken }];
  }
  if (claim?.state !== 'open') return [];
  if (claim.outageSince && claim.lastEnding === 'outage') {
    const isNamed = faults.some(({ code }) => code === 'stages-down');
    return isNamed
      ? []
      : [{ code: 'dependency-away', stage: claim.stage, since: claim.outageSince, reason: claim.reason }];
  }
  return claim.failures > 0
    ? [{ code: 'retrying', stage: claim.stage, failures: claim.failures, reason: claim.reason }]
    : [];
}
