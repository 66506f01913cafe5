import type { TextSlot } from '../../brief/idea.js';

/** What can be wrong with a finished advertisement. Words for each are in `web/src/words`. */
export const FINDING_CODES = [
  'no-text',
  'text-over-edge',
  'text-over-food',
  'texts-collide',
  'text-too-small',
  'text-too-faint',
  'under-the-app',
  'enlarged',
  'cut-off-edge',
  'dish-cut',
  'off-axis',
  'role-nowhere',
  'season',
  'caption-without-price',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** What the owner can do about it: the names of the page's buttons. */
export const MENDS = [
  'shorter text',
  'another design',
  'another photo',
  'mark the dish',
  'edit post',
  'format',
] as const;
export type Mend = (typeof MENDS)[number];

export interface Finding {
  code: FindingCode;
  /** The figure and what it may be at most, or at least; the rule says which and in which unit. */
  measured: number;
  limit: number;
  /** The text it is about. */
  slot?: TextSlot;
  mend?: Mend;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

export const finding = (
  code: FindingCode,
  measured: number,
  limit: number,
  more: Pick<Finding, 'slot' | 'mend'> = {},
): Finding => ({ code, measured: round(measured), limit, ...more });
