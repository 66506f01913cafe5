import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import type { Pool } from '../db/pool.js';
import { onStopSignal } from '../stack/stop-signals.js';
import { describe } from '../stack/user-error.js';
import { t } from './messages/index.js';
import { say } from './say.js';
import { withSystem } from './system.js';
import { amount, answer, tenantId, tool, type ToolOptions } from './tool.js';

interface MonitorOptions extends ToolOptions {
  tenantId: string;
  checkInterval: number;
  scanInterval: number;
  maxWaitMinutes: number;
}

interface Counts {
  seen: number;
  finished: number;
  failed: number;
  /** Neither, for longer than the given time. */
  overdue: string[];
}

const count = async (pool: Pool, options: MonitorOptions, since: Date): Promise<Counts> => {
  const { rows } = await pool.query<Counts>(
    `with seen as (
       select job_id, (current_step, status) = ('instagram_feed_gen', 'done') as finished, status = 'failed' as failed,
              created_at < clock_timestamp() - $3 * interval '1 min' as late
         from jobs where tenant_id = $1 and created_at >= $2)
     select count(*)::integer as seen, count(*) filter (where finished)::integer as finished,
            count(*) filter (where failed)::integer as failed,
            coalesce(array_agg(job_id) filter (where late and not finished and not failed), '{}') as overdue
       from seen`,
    [options.tenantId, since, options.maxWaitMinutes],
  );
  return rows[0] as Counts;
};

/** Looks at the tenant's jobs until it is told to stop: counts now and then, and every overdue job once. */
async function monitor(options: MonitorOptions): Promise<void> {
  const leaving = new AbortController();
  onStopSignal(
    () => leaving.abort(),
    () => process.exit(130),
  );
  const since = new Date();
  const told = new Set<string>();
  await withSystem(loadConfig(), async ({ pool }) => {
    let lastTold = 0;
    for (;;) {
      const isLast = leaving.signal.aborted;
      try {
        const counts = await count(pool, options, since);
        for (const jobId of counts.overdue.filter((id) => !told.has(id))) {
          told.add(jobId);
          answer(options, { event: 'overdue', jobId }, t.longrun.overdue(jobId));
        }
        if (isLast || Date.now() - lastTold >= options.checkInterval * 1_000) {
          lastTold = Date.now();
          const event = isLast ? 'statistics' : 'check';
          answer(options, { event, at: new Date(), ...counts }, t.longrun.counts(counts));
        }
      } catch (error) {
        // A database that is away for a while is part of a long run.
        say(describe(error));
      }
      if (isLast) return;
      await delay(options.scanInterval * 1_000, undefined, { signal: leaving.signal }).catch(() => undefined);
    }
  });
}

export const monitorCommand = (): Command =>
  tool('monitor', t.commands.longrunMonitor, ['longrun monitor --tenant-id longrun_test'])
    .option('--tenant-id <id>', t.options.tenantId, tenantId, 'longrun_test')
    .option('--check-interval <seconds>', t.options.checkInterval, amount, 30)
    .option('--scan-interval <seconds>', t.options.scanInterval, amount, 10)
    .option('--max-wait-minutes <minutes>', t.options.maxWaitMinutes, amount, 20)
    .action(monitor);
