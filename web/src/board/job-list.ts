import type { JobSummary, RowChange } from '../api/types.js';

/** Jobs as far as they were fetched, the newest first. */
export interface JobList {
  items: JobSummary[];
  /** The cursor of what comes after them; null at the end. */
  next: string | null;
}

export const NOTHING: JobList = { items: [], next: null };

/** A newer first page; what was scrolled to beyond it stays below, so that nothing jumps. */
export function withOlder(page: JobList, { list: before }: { list: JobList }): JobList {
  const oldest = page.items.at(-1)?.createdAt;
  if (page.next === null || oldest === undefined) return page;
  const beyond = before.items.filter(({ createdAt }) => createdAt < oldest);
  return beyond.length === 0 ? page : { items: [...page.items, ...beyond], next: before.next };
}

export function withNext(page: JobList, { list: before }: { list: JobList }): JobList {
  const known = new Set(before.items.map(({ jobId }) => jobId));
  return { items: [...before.items, ...page.items.filter(({ jobId }) => !known.has(jobId))], next: page.next };
}

/** Jobs that did not change stay the same objects, so that their cards are left alone. */
export function withChanges(items: JobSummary[], changes: RowChange[]): JobSummary[] {
  return items.map((job) => changes.filter(({ jobId }) => jobId === job.jobId).reduce(withChange, job));
}

function withChange(job: JobSummary, change: RowChange): JobSummary {
  const { step, status, reason, retryCount, pictureUrl, selected, variantId, updatedAt } = change;
  const changed: JobSummary =
    variantId === null
      ? { ...job, step, status, reason, retryCount, updatedAt }
      : {
          ...job,
          variants: job.variants.map((variant) =>
            variant.variantId === variantId
              ? { ...variant, step, status, reason, retryCount, pictureUrl, selected }
              : variant,
          ),
        };
  return { ...changed, attention: attentionOf(changed) };
}

/** What can be told from the states alone; that something lasts too long comes with the next look. */
const attentionOf = ({ status, variants }: JobSummary): string[] => [
  ...(status === 'failed' ? ['failed'] : []),
  ...(variants.some((variant) => variant.status === 'failed') ? ['variant failed'] : []),
];
