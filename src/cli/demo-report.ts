import path from 'node:path';
import type { ReadyLine } from '../stack/ready-line.js';
import { elapsed } from '../stack/step-clock.js';
import { workflowUrl } from '../temporal/connection.js';
import { jobWorkflowId, variantWorkflowId } from '../../workflows/contract.js';
import type { FeedText, JobView } from './job-view.js';

/** The last line of `demo --json`. Its keys are relied on from outside. */
export interface DemoReport {
  jobId: string;
  state: string;
  seconds: number;
  variants: {
    id: string;
    state: string;
    retryCount: number;
    /** Absolute path. */
    picture: string | null;
    workflowUrl: string | null;
  }[];
  instagramCopy: string | null;
  hashtags: string[];
}

export interface ReportInput {
  jobId: string;
  job: JobView;
  feed: FeedText | null;
  seconds: number;
  ready: ReadyLine;
  pathOf: (assetUrl: string) => string;
}

export const createReport = ({ jobId, job, feed, seconds, ready, pathOf }: ReportInput): DemoReport => ({
  jobId,
  state: `${job.step}/${job.status}`,
  seconds,
  variants: job.variants.map((variant) => ({
    id: variant.id,
    state: `${variant.step}/${variant.status}`,
    retryCount: variant.retryCount,
    picture: variant.pictureUrl && pathOf(variant.pictureUrl),
    workflowUrl: workflowUrl(ready.temporalUiUrl, ready.temporalNamespace, variantWorkflowId(variant.id)),
  })),
  instagramCopy: feed?.copy ?? null,
  hashtags: feed?.hashtags ?? [],
});

/** How to see the timelines again once the stack is stopped: everything is kept in DATA_DIR. */
export const reopenCommand = (dataDir: string): string =>
  dataDir === path.resolve('.data') ? 'npm start' : `DATA_DIR=${dataDir} npm start`;

const indent = (text: string): string => text.replaceAll(/^/gm, '  ');

export function reportText(report: DemoReport, { ready, job }: ReportInput): string {
  const jobTimeline = workflowUrl(ready.temporalUiUrl, ready.temporalNamespace, jobWorkflowId(report.jobId));
  const variants = report.variants.flatMap((variant, index) => [
    `variant ${index + 1}  ${variant.state}${variant.retryCount > 0 ? `, ${variant.retryCount} retries` : ''}`,
    ...(job.variants[index]?.status === 'failed'
      ? [`  reason    ${job.variants[index].reason ?? 'none recorded'}`]
      : []),
    ...(variant.picture ? [`  picture   ${variant.picture}`] : []),
    ...(variant.workflowUrl ? [`  timeline  ${variant.workflowUrl}`] : []),
  ]);
  return [
    '',
    `job ${report.jobId}: ${report.state} after ${elapsed(report.seconds * 1000)}`,
    ...(jobTimeline ? [`  timeline  ${jobTimeline}`] : []),
    ...variants,
    ...(report.instagramCopy ? ['', 'Instagram copy', indent(report.instagramCopy)] : []),
    ...(report.hashtags.length > 0 ? ['', 'Hashtags', indent(report.hashtags.join(' '))] : []),
    '',
  ].join('\n');
}
