import { expect, it } from 'vitest';
import type { JobSummary, RowChange } from '../../../web/src/api/types.js';
import { withChanges, withNext, withOlder } from '../../../web/src/board/job-list.js';

/** The n-th newest job. */
const job = (n: number, status = 'running'): JobSummary => ({
  jobId: `job-${n}`,
  tenantId: 'shop',
  shop: null,
  description: null,
  tone: null,
  step: 'img_gen',
  status,
  generation: 1,
  reason: null,
  retryCount: 0,
  createdAt: new Date(2_000_000_000_000 - n * 60_000).toISOString(),
  updatedAt: null,
  attention: [],
  variants: [
    {
      variantId: `variant-${n}`,
      step: 'img_gen',
      status,
      reason: null,
      retryCount: 0,
      pictureUrl: null,
      selected: false,
      attention: [],
    },
  ],
});

const change = (n: number, status: string): RowChange => ({
  jobId: `job-${n}`,
  variantId: `variant-${n}`,
  tenantId: 'shop',
  step: 'overlay',
  status,
  retryCount: 1,
  updatedAt: null,
  reason: null,
  pictureUrl: '/assets/x.png',
  selected: false,
});

const ids = ({ items }: { items: JobSummary[] }): string[] => items.map(({ jobId }) => jobId);

it('a newer first page leaves what was scrolled to below it where it is', () => {
  const list = { items: [job(2), job(3), job(4), job(5)], next: 'after 5' };
  const page = { items: [job(1), job(2), job(3)], next: 'after 3' };
  const merged = withOlder(page, { list });
  expect(ids(merged)).toEqual(['job-1', 'job-2', 'job-3', 'job-4', 'job-5']);
  expect(merged.next).toBe('after 5');
});

it('a first page that is everything takes the place of everything', () => {
  const list = { items: [job(2), job(9)], next: null };
  expect(ids(withOlder({ items: [job(2)], next: null }, { list }))).toEqual(['job-2']);
});

it('a next page brings no job twice', () => {
  const list = { items: [job(1), job(2)], next: 'after 2' };
  const merged = withNext({ items: [job(2), job(3)], next: null }, { list });
  expect(ids(merged)).toEqual(['job-1', 'job-2', 'job-3']);
  expect(merged.next).toBeNull();
});

it('a change touches its own job alone', () => {
  const before = [job(1), job(2)];
  const after = withChanges(before, [change(2, 'running'), change(2, 'done')]);
  expect(after[0]).toBe(before[0]);
  expect(after[1]?.variants[0]).toMatchObject({ step: 'overlay', status: 'done', pictureUrl: '/assets/x.png' });
});

it('a job needs attention from the change on with which it stops, and no longer than that', () => {
  const [stopped] = withChanges([job(1)], [change(1, 'failed')]);
  expect(stopped?.attention).toEqual(['variant failed']);
  const [again] = withChanges([stopped as JobSummary], [change(1, 'queued')]);
  expect(again?.attention).toEqual([]);
});
