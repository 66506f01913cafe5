import type { Client } from '@temporalio/client';
import { request } from 'undici';
import type { Bridge } from '../bridge/bridge.js';
import { outboxDepth } from '../bridge/outbox.js';
import { findForeignListeners } from '../db/foreign-listeners.js';
import type { Pool } from '../db/pool.js';
import { lookAtQueues } from '../temporal/workers.js';

/** What one look found: fine or not, and what a person wants to know of it. */
export interface Finding {
  ok: boolean;
  [detail: string]: unknown;
}

export interface HealthSources {
  pool: Pool;
  temporal: Client;
  bridge: Bridge;
  intakeIsEnabled: boolean;
  /** The listener is believed dead when it has not proven itself for so long, in milliseconds. */
  staleAfter: number;
  stagesUrl: string | null;
  /** The original performs the stages: a listener of its own would do everything twice. */
  stagesArePeer: boolean;
}

const DEADLINE_MS = 3_000;

export type HealthChecks = ReturnType<typeof createHealthChecks>;

/** Every part the road needs, each looked at when asked. A check never throws: what goes wrong is its finding. */
export const createHealthChecks = (s: HealthSources) => ({
  listener: async (): Promise<Finding> => {
    if (!s.intakeIsEnabled) return { ok: false, reason: 'ENABLE_JOB_STATE_LISTENER=false: intake is stopped' };
    const { listener, lastDrained, lastReconciled, lastTrouble } = s.bridge.state;
    const age = listener.lastProvenAlive ? Date.now() - listener.lastProvenAlive.getTime() : null;
    return {
      ok: listener.connected && age !== null && age < s.staleAfter,
      connected: listener.connected,
      lastProvenAlive: listener.lastProvenAlive,
      lastDrained,
      lastReconciled,
      reconnects: listener.reconnects,
      ...((listener.lastTrouble ?? lastTrouble) && { lastTrouble: lastTrouble ?? listener.lastTrouble }),
    };
  },

  database: () =>
    found(async () => {
      await s.pool.query('select 1');
      return { ok: true };
    }),

  outbox: () =>
    found(async () => {
      const depth = await outboxDepth(s.pool);
      return { ok: depth.dead === 0 && depth.oldestSeconds < 60, ...depth };
    }),

  /** Others who hear what we hear. Named always; wrong only where the original must not have a listener. */
  neighbours: () =>
    found(async () => {
      const { found: listeners, hidden } = await findForeignListeners(s.pool);
      const doubling = listeners.filter(({ channel }) => channel === 'job_variant_state_changed');
      return {
        ok: !s.stagesArePeer || doubling.length === 0,
        listeners: listeners.map(({ words }) => words),
        ...(hidden > 0 && { hidden: `${hidden} sessions whose statements this role may not read` }),
      };
    }),

  temporal: () =>
    found(async () => {
      await s.temporal.withDeadline(Date.now() + DEADLINE_MS, () => s.temporal.workflowService.getSystemInfo({}));
      return { ok: true, namespace: s.temporal.options.namespace };
    }),

  workers: () =>
    found(async () => {
      const queues = Object.fromEntries((await lookAtQueues(s.temporal)).map(({ queue, pollers }) => [queue, pollers]));
      const idle = Object.entries(queues).filter(([, count]) => count === 0);
      return {
        ok: idle.length === 0,
        pollers: queues,
        ...(idle.length > 0 && { reason: `no worker polls ${idle.map(([queue]) => queue).join(' and ')}` }),
      };
    }),

  stages: () =>
    found(async () => {
      if (!s.stagesUrl) return { ok: false, reason: 'YH_BASE_URL is not set' };
      const answer = await request(new URL('/healthz', s.stagesUrl), {
        headersTimeout: DEADLINE_MS,
        bodyTimeout: DEADLINE_MS,
      });
      await answer.body.dump();
      return { ok: answer.statusCode === 200, url: s.stagesUrl };
    }),
});

async function found(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}
