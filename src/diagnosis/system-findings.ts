import type { Finding } from './findings.js';
import type { SystemFacts, TriggerState } from './system-facts.js';

/** The function each trigger must call. */
const CALLS: Record<string, string> = {
  job_variant_state_change_trigger: 'notify_job_variant_state_change',
  check_all_variants_done_trigger: 'check_all_variants_done',
  job_state_change_trigger: 'notify_job_state_change',
};

/** What is broken on the road, whatever the variant. Pure; each fault is named once, where it is, not where it shows. */
export const systemFindings = (facts: SystemFacts): Finding[] => [
  ...serverFindings(facts),
  ...facts.triggers.flatMap(triggerFindings),
  ...temporalFindings(facts),
  ...(facts.stages.trouble
    ? [{ code: 'stages-down' as const, url: facts.stages.url, trouble: facts.stages.trouble }]
    : []),
];

export function serverFindings({ server, pauses }: Pick<SystemFacts, 'server' | 'pauses'>): Finding[] {
  const paused = pauses.map((pause) => ({ code: 'intake-paused' as const, ...pause }));
  const { listener } = server;
  if (!listener) {
    return [{ code: 'server-down', url: server.url, trouble: server.trouble ?? 'no answer' }, ...paused];
  }
  if (listener.isOff) return [{ code: 'intake-off' }, ...paused];
  if (listener.ok) return paused;
  return [{ code: 'listener-cut', lastProvenAlive: listener.lastProvenAlive, trouble: listener.trouble }, ...paused];
}

export function triggerFindings({ name, table, enabled, calls }: TriggerState): Finding[] {
  if (enabled === null) return [{ code: 'trigger-missing', trigger: name, table }];
  // `R` fires in replicas alone.
  if (enabled === 'D' || enabled === 'R') return [{ code: 'trigger-disabled', trigger: name, table }];
  return calls === CALLS[name] ? [] : [{ code: 'trigger-wrong-function', trigger: name, calls }];
}

export function temporalFindings({ temporal }: Pick<SystemFacts, 'temporal'>): Finding[] {
  if (temporal.trouble) return [{ code: 'temporal-down', trouble: temporal.trouble }];
  // A worker that answered is there, however old its last poll: all its slots may be taken.
  const [pipeline, pictures] = temporal.queues;
  const isMute = temporal.workers === 'silent';
  return [pipeline, pictures].flatMap((queue) => {
    if (!queue) return [];
    const isGone =
      queue === pipeline ? isMute || (temporal.workers !== 'answered' && queue.pollers === 0) : queue.pollers === 0;
    return isGone ? [{ code: 'no-worker' as const, queue: queue.queue, lastPoll: queue.lastPoll }] : [];
  });
}
