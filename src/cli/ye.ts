import { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { inTransaction, type Pool } from '../db/pool.js';
import { awaitReactions, type ReactionSeen } from '../diagnosis/reaction.js';
import { EXIT } from './exit-codes.js';
import { findingJson, findingLines } from './finding-text.js';
import { t } from './messages/index.js';
import { say } from './say.js';
import { withSystem } from './system.js';
import { answer, tenantId, tool, type ToolOptions, uuid } from './tool.js';
import { checkVariant } from './trigger.js';

/** The guide's promise: within ten seconds of the commit the row has moved on. */
export const PATIENCE_MS = 10_000;
/** As many as the guide's query takes at a time. */
const AT_A_TIME = 10;

interface SimulateOptions extends ToolOptions {
  jobId?: string;
  tenantId: string;
  dryRun?: boolean;
}

interface WaitingVariant {
  variantId: string;
  jobId: string;
}

/** The guide's query: what waits for YE, newest first when a tenant is asked for, so that old leftovers do not hide it. */
export const findWaiting = async (pool: Pool, { jobId, tenantId: tenant }: { jobId?: string; tenantId: string }) => {
  const { rows } = await pool.query<WaitingVariant>(
    `select v.job_variants_id as "variantId", v.job_id as "jobId"
       from jobs_variants v join jobs j using (job_id)
      where v.current_step = 'user_img_input' and v.status = 'done' and ${jobId ? 'v.job_id = $1' : 'j.tenant_id = $1'}
      order by v.created_at desc, v.creation_order limit ${jobId ? 'all' : AT_A_TIME}`,
    [jobId ?? tenant],
  );
  return rows;
};

const LOCK_NOT_AVAILABLE = '55P03';

/** The two writes of the guide, each committed by itself; false when somebody holds the row. */
export async function writePictureDone(pool: Pool, variantId: string): Promise<boolean> {
  for (const status of ['running', 'done']) {
    const isWritten = await inTransaction(pool, async (db) => {
      // Who holds it for longer than everybody's short transactions last is named rather than waited for.
      await db.query(`set local lock_timeout = '2s'`);
      await db.query(
        `update jobs_variants set current_step = 'img_gen', status = $2, updated_at = current_timestamp where job_variants_id = $1`,
        [variantId, status],
      );
      return true;
    }).catch((error: { code?: string }) => {
      if (error.code === LOCK_NOT_AVAILABLE) return false;
      throw error;
    });
    if (!isWritten) return false;
  }
  return true;
}

async function simulate(options: SimulateOptions): Promise<void> {
  process.exitCode = await withSystem(loadConfig(), async (connected) => {
    const { pool, url } = connected;
    const waiting = await findWaiting(pool, options);
    const where = options.jobId ? `job ${options.jobId}` : `tenant ${options.tenantId}`;
    if (waiting.length === 0) {
      answer(options, { variants: [] }, t.simulate.none(where, options.tenantId));
      return EXIT.no;
    }
    if (options.dryRun) {
      answer(options, { dryRun: true, variants: waiting }, () =>
        t.simulate.dryRun(waiting.map(({ variantId }) => variantId)),
      );
      return EXIT.fine;
    }
    for (const { variantId } of waiting) {
      const isWritten = await writePictureDone(pool, variantId);
      say(isWritten ? t.simulate.written(variantId) : t.simulate.held(variantId));
    }
    const seen = await awaitReactions(
      { pool, url },
      waiting.map(({ variantId }) => variantId),
      PATIENCE_MS,
    );
    const lost = seen.find(({ reaction }) => reaction !== 'started');
    const why = lost ? (await checkVariant(connected, lost.variantId)).findings : [];
    answer(options, { variants: seen, findings: why.map(findingJson) }, () =>
      [...seen.map(t.simulate.reaction), ...(why.length > 0 ? ['', ...why.flatMap(findingLines)] : [])].join('\n'),
    );
    return exitCodeFor(seen);
  });
}

/** The worst of several decides. */
export function exitCodeFor(seen: ReactionSeen[]): number {
  const reactions = new Set(seen.map(({ reaction }) => reaction));
  if (reactions.has('not heard') || reactions.has('failed')) return EXIT.no;
  return reactions.has('no worker free') ? EXIT.noWorker : EXIT.fine;
}

export const yeCommand = (): Command =>
  new Command('ye')
    .description(t.commands.ye)
    .addCommand(
      tool('simulate', t.commands.simulate, [
        'ye simulate',
        'ye simulate --job-id 1f0c…',
        'ye simulate --tenant-id my_tenant --dry-run',
      ])
        .option('--job-id <id>', t.options.jobId, uuid)
        .option('--tenant-id <id>', t.options.tenantId, tenantId, 'ye_pipeline_test_tenant')
        .option('--dry-run', t.options.dryRun)
        .action(simulate),
    );
