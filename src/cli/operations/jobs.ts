import { Command, Option } from 'commander';
import { JOB_STAGES, type JobStage } from '../../../workflows/contract.js';
import { cancelJob } from '../../admin/cancel-job.js';
import { countJob, type DeletionAnswer, deleteJob } from '../../admin/delete-job.js';
import { rerunJob } from '../../admin/rerun-job.js';
import { type JobAnswer, retryJob } from '../../admin/retry-job.js';
import { asOrder, id } from './arguments.js';
import { give, type OrderOptions } from './system.js';

const itemLines = ({ items }: JobAnswer): string[] =>
  items.map(({ variantId, outcome, says }) => `  variant ${variantId}: ${outcome}: ${says}`);

const rowLines = ({ rows }: DeletionAnswer): string[] =>
  Object.entries(rows).flatMap(([table, count]) => (count > 0 ? [`  ${table}: ${count}`] : []));

/** What may be ordered about a whole job, beside the tools of `jobs`. */
export const jobOrders = (): Command[] => [
  asOrder(new Command('retry'))
    .description('send all failed variants of a job back to work')
    .argument('<job-id>', 'job_id', id)
    .action((jobId: string, options: OrderOptions) =>
      give(options, ({ pool }, order) => retryJob(pool, { jobId }, order), itemLines),
    ),
  asOrder(new Command('rerun'))
    .description("do the job's own stages again; readers take the newest feed")
    .argument('<job-id>', 'job_id', id)
    .addOption(new Option('--from <stage>', 'the stage to begin from').choices(JOB_STAGES).default('ad_copy_gen_kor'))
    .action((jobId: string, options: OrderOptions & { from: JobStage }) =>
      give(options, ({ pool }, order) => rerunJob(pool, { jobId, from: options.from }, order)),
    ),
  asOrder(new Command('cancel'))
    .description('end all work on a job; what is done stays done')
    .argument('<job-id>', 'job_id', id)
    .action((jobId: string, options: OrderOptions) =>
      give(options, (tools, order) => cancelJob(tools, { jobId }, order), itemLines),
    ),
  asOrder(new Command('delete'))
    .description('remove a job: its rows in every table, its files, its runs')
    .argument('<job-id>', 'job_id', id)
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
