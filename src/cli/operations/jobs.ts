import { Command, Option } from 'commander';
import { JOB_STAGES, type JobStage, VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import { cancelJob } from '../../admin/cancel-job.js';
import { countJob, type DeletionAnswer, deleteJob } from '../../admin/delete-job.js';
import { rerunJob } from '../../admin/rerun-job.js';
import type { Outcome } from '../../admin/orders.js';
import { type ItemOutcome, retryJob } from '../../admin/retry-job.js';
import { retryMany } from '../../admin/retry-many.js';
import { uuid, wholeNumber } from '../tool.js';
import { age, asOrder } from './arguments.js';
import { give, type OrderOptions } from './system.js';

interface BulkOptions {
  tenantId?: string;
  stage?: string;
  reason?: string;
  olderThan?: number;
  newerThan?: number;
  from?: VariantStage;
  limit: number;
}

const itemLines = ({ items }: Outcome & { items: ItemOutcome[] }): string[] =>
  items.map(({ variantId, outcome, says }) => `  variant ${variantId}: ${outcome}: ${says}`);

const rowLines = ({ rows }: DeletionAnswer): string[] =>
  Object.entries(rows).flatMap(([table, count]) => (count > 0 ? [`  ${table}: ${count}`] : []));

/** What may be ordered about a whole job, beside the tools of `jobs`. */
export const jobOrders = (): Command[] => [
  asOrder(new Command('retry'))
    .description('send all failed variants of a job back to work')
    .argument('<job-id>', 'job_id', uuid)
    .action((jobId: string, options: OrderOptions) =>
      give(options, ({ pool }, order) => retryJob(pool, { jobId }, order), itemLines),
    ),
  asOrder(new Command('retry-failed'))
    .description('send the failed variants that fit a filter back to work, with an outcome for each')
    .option('--tenant-id <id>', 'of this tenant')
    .option('--stage <step>', 'that failed at this step')
    .option('--reason <words>', 'whose reason holds these words')
    .option('--older-than <duration>', 'that failed longer ago than this', age)
    .option('--newer-than <duration>', 'that failed more recently than this', age)
    .option('--limit <number>', 'at most so many', wholeNumber(1, 500), 100)
    .addOption(new Option('--from <stage>', 'the stage to begin from').choices(VARIANT_STAGES))
    .addHelpText('after', '\nExample: feedlyai jobs retry-failed --stage overlay --newer-than 2h')
    .action((options: OrderOptions & BulkOptions) => {
      const { tenantId, stage, reason, olderThan, newerThan, from, limit } = options;
      const filter = { tenantId, stage, reason, olderThan, newerThan };
      return give(options, ({ pool }, order) => retryMany(pool, { filter, from, limit }, order), itemLines);
    }),
  asOrder(new Command('rerun'))
    .description("do the job's own stages again; readers take the newest feed")
    .argument('<job-id>', 'job_id', uuid)
    .addOption(new Option('--from <stage>', 'the stage to begin from').choices(JOB_STAGES).default('ad_copy_gen_kor'))
    .action((jobId: string, options: OrderOptions & { from: JobStage }) =>
      give(options, ({ pool }, order) => rerunJob(pool, { jobId, from: options.from }, order)),
    ),
  asOrder(new Command('cancel'))
    .description('end all work on a job; what is done stays done')
    .argument('<job-id>', 'job_id', uuid)
    .action((jobId: string, options: OrderOptions) =>
      give(options, (tools, order) => cancelJob(tools, { jobId }, order), itemLines),
    ),
  asOrder(new Command('delete'))
    .description('remove a job: its rows in every table, its files, its runs')
    .argument('<job-id>', 'job_id', uuid)
    .option('--dry-run', 'count what would be removed, and remove nothing')
    .option('--force', 'cancel it first if it is at work')
    .action((jobId: string, options: OrderOptions & { dryRun?: boolean; force?: boolean }) =>
      give(
        options,
        (tools, order) =>
          options.dryRun ? countJob(tools, jobId) : deleteJob(tools, { jobId, force: options.force ?? false }, order),
        rowLines,
      ),
    ),
];
