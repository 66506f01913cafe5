import { IMAGE_TASK_QUEUE, PIPELINE_TASK_QUEUE } from '../../workflows/contract.js';
import type { Finding, FindingCode } from './findings.js';
import type { SystemFacts } from './system-facts.js';
import { systemFindings } from './system-findings.js';

export type ItemName =
  | 'server'
  | 'intake'
  | 'listener'
  | 'trigger'
  | 'temporal'
  | 'workers'
  | 'image-workers'
  | 'stages'
  | 'transactions'
  | 'reaction';

/** One part of the road: whether it is well, and when that was last proven. */
export interface StatusItem {
  item: ItemName;
  /** Null where it cannot be told, because what would tell it does not answer. */
  ok: boolean | null;
  provenAt: Date | null;
  findings: Finding[];
}

const ITEM_OF: Partial<Record<FindingCode, ItemName>> = {
  'server-down': 'server',
  'intake-off': 'intake',
  'intake-paused': 'intake',
  'listener-cut': 'listener',
  'trigger-missing': 'trigger',
  'trigger-disabled': 'trigger',
  'trigger-wrong-function': 'trigger',
  'temporal-down': 'temporal',
  'stages-down': 'stages',
};

const itemOf = (finding: Finding): ItemName | undefined => {
  if (finding.code === 'no-worker') return finding.queue === IMAGE_TASK_QUEUE ? 'image-workers' : 'workers';
  return ITEM_OF[finding.code];
};

/** The parts in the order of the road, each with its faults. Pure. */
export function statusItems(facts: SystemFacts): StatusItem[] {
  const found = systemFindings(facts);
  const { at, server, temporal } = facts;
  const isThere = server.listener !== null;
  const hasTemporal = temporal.trouble === null;
  const item = (name: ItemName, provenAt: Date | null, canBeTold = true): StatusItem => {
    const findings = found.filter((finding) => itemOf(finding) === name);
    return { item: name, ok: findings.length > 0 ? false : canBeTold ? true : null, provenAt, findings };
  };
  const lastPoll = (queue: string): Date | null =>
    temporal.queues.find((facts) => facts.queue === queue)?.lastPoll ?? null;
  const held = facts.transactions.map((transaction) => ({ code: 'not-committed' as const, ...transaction }));
  return [
    item('server', isThere ? at : null),
    item('intake', isThere ? at : null, isThere),
    // Stopped on purpose it proves nothing, and is no fault of its own.
    item('listener', server.listener?.lastProvenAlive ?? null, isThere && !server.listener?.isOff),
    item('trigger', at),
    item('temporal', hasTemporal ? at : null),
    item('workers', temporal.workers === 'answered' ? at : lastPoll(PIPELINE_TASK_QUEUE), hasTemporal),
    item('image-workers', lastPoll(IMAGE_TASK_QUEUE), hasTemporal),
    item('stages', facts.stages.trouble === null ? at : null),
    { item: 'transactions', ok: held.length === 0, provenAt: at, findings: held },
  ];
}
