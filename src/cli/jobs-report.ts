import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { createAssetStore } from '../assets/asset-store.js';
import { loadConfig } from '../config/config.js';
import { UserError } from '../stack/user-error.js';
import { type JobReport, readReports, type VariantReport } from './job-report.js';
import { t } from './messages/index.js';
import { withSystem } from './system.js';
import { answer, tenantId, tool, type ToolOptions, uuid, wholeNumber } from './tool.js';

interface ReportOptions extends ToolOptions {
  jobId?: string;
  tenantId?: string;
  limit: number;
}

/** A variant's picture as a file here, and whether it is there. */
interface Picture {
  picture: string | null;
  pictureExists: boolean;
}

async function report(options: ReportOptions, command: Command): Promise<void> {
  if (Boolean(options.jobId) === Boolean(options.tenantId)) command.error(`error: ${t.report.oneOf}`);
  const reports = await withSystem(loadConfig(), async ({ pool, system }) => {
    const { pathOf } = createAssetStore({ root: system.assetsDir, partName: system.partName });
    const picture = ({ pictureUrl }: VariantReport): Picture => {
      const file = pictureUrl && pathOf(pictureUrl);
      return { picture: file, pictureExists: file !== null && existsSync(file) };
    };
    const found = await readReports(
      pool,
      options.jobId ? { jobId: options.jobId } : { tenantId: options.tenantId as string, limit: options.limit },
    );
    return found.map((job) => ({
      ...job,
      variants: job.variants.map((variant) => ({ ...variant, ...picture(variant) })),
    }));
  });
  if (reports.length === 0)
    throw new UserError(options.jobId ? t.noSuchJob(options.jobId) : t.report.none(options.tenantId as string));
  answer(options, reports, () => reports.map(reportText).join('\n\n'));
}

const three = (value: unknown): string => (typeof value === 'number' ? value.toFixed(3) : String(value ?? '–'));

function reportText(job: Omit<JobReport, 'variants'> & { variants: (VariantReport & Picture)[] }): string {
  return [
    `${t.report.job} ${job.jobId}  ${job.state}  ${job.tenantId}${job.reason ? `  (${job.reason})` : ''}`,
    ...job.variants.flatMap((variant, index) => [
      `  ${index + 1}. ${variant.id}  ${variant.state}  ${t.report.retries(variant.retryCount)}${variant.reason ? `  (${variant.reason})` : ''}`,
      ...variantLines(variant).map((line) => `     ${line}`),
    ]),
    ...(job.feed ? [`  ${t.report.copy}: ${job.feed.copy.replaceAll('\n', ' ')}`, `  ${job.feed.hashtags}`] : []),
  ].join('\n');
}

function variantLines({
  region,
  text,
  proposal,
  metrics,
  judge,
  picture,
  pictureExists,
}: VariantReport & Picture): string[] {
  const { ocr, readability, iou } = metrics;
  return [
    ...(region
      ? [
          `${t.report.layout}: x ${three(region.x)}, y ${three(region.y)}, ${three(region.width)} × ${three(region.height)}  “${text ?? ''}”`,
        ]
      : []),
    ...(proposal ? [t.report.proposal(proposal.candidates, proposal.isOfThisPicture)] : []),
    ...(judge
      ? [
          `${t.report.judge}: on_brief ${judge.on_brief}, occlusion ${judge.occlusion}, contrast_ok ${judge.contrast_ok}, cta_present ${judge.cta_present}`,
        ]
      : []),
    ...(ocr ? [`ocr: accuracy ${three(ocr.ocr_accuracy)}, confidence ${three(ocr.ocr_confidence)}`] : []),
    ...(readability
      ? [`readability: contrast ${three(readability.contrast_ratio)}, WCAG AA ${readability.wcag_aa_compliant}`]
      : []),
    ...(iou ? [`iou: with food ${three(iou.iou_with_food)}, overlap ${iou.overlap_detected}`] : []),
    ...(picture ? [`${t.report.picture}: ${picture}${pictureExists ? '' : `  ${t.report.missing}`}`] : []),
  ];
}

export const reportCommand = (): Command =>
  tool('report', t.commands.report, [
    'jobs report --job-id 1f0c…',
    'jobs report --tenant-id ye_pipeline_test_tenant --limit 5',
  ])
    .option('--job-id <id>', t.options.jobId, uuid)
    .option('--tenant-id <id>', t.options.tenantId, tenantId)
    .option('--limit <number>', t.options.limit, wholeNumber(1, 1_000), 5)
    .action((options: ReportOptions, command: Command) => report(options, command));
