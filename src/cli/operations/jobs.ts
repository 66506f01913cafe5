import { Command, Option } from 'commander';
import { JOB_STAGES, type JobStage, VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import { cancelJob } from '../../admin/cancel-job.js';
import { countJob, type DeletionAnswer, deleteJob } from '../../admin/delete-job.js';
import { rerunJob } from '../../admin/rerun-job.js';
import type { Outcome } from '../../admin/orders.js';
import { type ItemOutcome, retryJob } from '../../admin/retry-job.js';
import { retryMany } from '../../admin/retry-many.js';
import { Reach } from '../../auth/reach.js';
import { t } from '../messages/index.js';
import { tenantId, uuid, wholeNumber } from '../tool.js';
import { age, order } from './arguments.js';
import { give, type OrderOptions } from './give.js';

interface BulkOptions {
  tenantId?: string;
  stage?: string;
  reason?: string;
  olderThan?: number;
  newerThan?: number;
  from?: VariantStage;
  limit: number;
}

const { commands, options } = t.orders;

const itemLines = ({ items }: Outcome & { items: ItemOutcome[] }): string[] => items.map(t.orders.item);

const rowLines = ({ rows }: DeletionAnswer): string[] =>
  Object.entries(rows).flatMap(([table, count]) => (count > 0 ? [`  ${table}: ${count}`] : []));

/** What may be ordered about a whole job, beside the tools of `jobs`. */
export const jobOrders = (): Command[] => [
  order('retry', commands.retryJob, ['jobs retry 1f0c…'])
    .argument('<job-id>', t.options.jobId, uuid)
    .action((jobId: string, given: OrderOptions) =>
      give(given, ({ pool }, order) => retryJob(pool, { jobId }, order), itemLines),
    ),
  order('retry-failed', commands.retryFailed, [
    'jobs retry-failed --stage overlay --newer-than 2h',
    'jobs retry-failed --tenant-id my_tenant --reason "no glyph" --from overlay',
  ])
    .option('--tenant-id <id>', options.ofTenant, tenantId)
    .option('--stage <step>', options.failedAt)
    .option('--reason <words>', options.reason)
    .option('--older-than <duration>', options.olderThan, age)
    .option('--newer-than <duration>', options.newerThan, age)
    .option('--limit <number>', options.most, wholeNumber(1, 500), 100)
    .addOption(new Option('--from <stage>', options.from).choices(VARIANT_STAGES))
    .action((given: OrderOptions & BulkOptions) => {
      const { tenantId: tenant, stage, reason, olderThan, newerThan, from, limit } = given;
      const filter = { tenantId: tenant, stage, reason, olderThan, newerThan };
      return give(
        given,
        ({ pool }, order) => retryMany(pool, Reach.everybody, { filter, from, limit }, order),
        itemLines,
      );
    }),
  order('rerun', commands.rerun, ['jobs rerun 1f0c…', 'jobs rerun 1f0c… --from instagram_feed_gen'])
    .argument('<job-id>', t.options.jobId, uuid)
    .addOption(new Option('--from <stage>', options.from).choices(JOB_STAGES).default('ad_copy_gen_kor'))
    .action((jobId: string, given: OrderOptions & { from: JobStage }) =>
      give(given, ({ pool }, order) => rerunJob(pool, { jobId, from: given.from }, order)),
    ),
  order('cancel', commands.cancelJob, ['jobs cancel 1f0c…'])
    .argument('<job-id>', t.options.jobId, uuid)
    .action((jobId: string, given: OrderOptions) =>
      give(given, (tools, order) => cancelJob(tools, { jobId }, order), itemLines),
    ),
  order('delete', commands.delete, ['jobs delete 1f0c… --dry-run', 'jobs delete 1f0c… --force'])
    .argument('<job-id>', t.options.jobId, uuid)
    .option('--dry-run', options.deleteDryRun)
    .option('--force', options.force)
    .action((jobId: string, given: OrderOptions & { dryRun?: boolean; force?: boolean }) =>
      give(
        given,
        (tools, order) =>
          given.dryRun ? countJob(tools, jobId) : deleteJob(tools, { jobId, force: given.force ?? false }, order),
        rowLines,
      ),
    ),
];
