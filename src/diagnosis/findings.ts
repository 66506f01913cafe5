import type { InstallationFinding } from './installation-findings.js';
import type { OpenTransaction } from './open-transactions.js';

/** One thing a look has found. The texts for it, with the remedy, are in the commands' catalogue. */
export type Finding = RoadFinding | InstallationFinding;

/** On a variant's road. */
export type RoadFinding =
  // Faults: something must be mended.
  | { code: 'server-down'; url: string; trouble: string }
  | { code: 'intake-off' }
  | { code: 'intake-paused'; tenantId: string | null; actor: string; since: Date }
  | { code: 'listener-cut'; lastProvenAlive: Date | null; trouble: string | null }
  | { code: 'trigger-missing'; trigger: string; table: string }
  | { code: 'trigger-disabled'; trigger: string; table: string }
  | { code: 'trigger-wrong-function'; trigger: string; calls: string | null }
  | { code: 'temporal-down'; trouble: string }
  | { code: 'no-worker'; queue: string; lastPoll: Date | null }
  | { code: 'stages-down'; url: string; trouble: string }
  | ({ code: 'not-committed' } & OpenTransaction)
  | { code: 'unknown-variant'; variantId: string }
  | { code: 'wrong-step'; step: string | null }
  | { code: 'wrong-status'; status: string | null }
  | { code: 'no-picture' }
  | { code: 'before-adoption' }
  | { code: 'not-heard' }
  | { code: 'dead-letter'; attempts: number; error: string | null }
  | { code: 'failed'; stage: string; reason: string | null }
  // Heard; it goes on when something comes.
  | { code: 'workers-busy'; queue: string; what: string; seconds: number }
  | { code: 'waiting-for-text'; evidence: string; stage: string; since: Date }
  | { code: 'retrying'; stage: string; failures: number; reason: string | null }
  | { code: 'dependency-away'; stage: string; since: Date; reason: string | null }
  | { code: 'in-the-outbox'; seconds: number; error: string | null }
  // As it should be.
  | { code: 'running'; stage: string; status: string }
  | { code: 'ye-turn'; step: string; status: string }
  | { code: 'finished' }
  | { code: 'updated-at-unchanged'; updatedAt: Date | null };

export type FindingCode = Finding['code'];
/** `warning`: it works, and will not for ever. */
export type Severity = 'fault' | 'warning' | 'waiting' | 'fine';

const WAITING = new Set<FindingCode>([
  'workers-busy',
  'waiting-for-text',
  'retrying',
  'dependency-away',
  'in-the-outbox',
]);
const FINE = new Set<FindingCode>(['running', 'ye-turn', 'finished', 'updated-at-unchanged']);
const WARNINGS = new Set<FindingCode>([
  'time-zone',
  'old-snapshot',
  'notification-queue',
  'foreign-listener',
  'retention-short',
  'disk-low',
  'clock-skew',
  'outbox-stuck',
  'check-failed',
  'check-hung',
]);

export const severityOf = ({ code }: Finding): Severity => {
  if (FINE.has(code)) return 'fine';
  if (WAITING.has(code)) return 'waiting';
  return WARNINGS.has(code) ? 'warning' : 'fault';
};
