import { isUuid } from '../../db/uuid.js';
import { BadOrder } from '../trouble.js';

/**
 * Where a page ends: the sort keys of its last row. Rows that come or go meanwhile move no other row to another page.
 * The time travels as PostgreSQL prints it, because a Date would lose microseconds.
 */
export interface Cursor {
  at: string;
  id: string;
}

export const writeCursor = ({ at, id }: Cursor): string => Buffer.from(JSON.stringify([at, id])).toString('base64url');

const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00$/;

/** @throws BadOrder for anything that `writeCursor` did not make. */
export function readCursor(text: string): Cursor {
  const [at, id] = parse(text);
  if (typeof at === 'string' && MOMENT.test(at) && isMoment(at) && typeof id === 'string' && isUuid(id))
    return { at, id };
  throw new BadOrder('cursor: must be the "next" of an earlier page');
}

const isMoment = (at: string): boolean => !Number.isNaN(Date.parse(at.replace(' ', 'T').replace('+00', 'Z')));

function parse(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

export interface Page<T> {
  items: T[];
  /** Pass it as `cursor` for the following page; null at the end. */
  next: string | null;
}

/** Cuts a result that was asked for with one row more than the page holds; the sort keys stay inside. */
export function toPage<T extends { cursorAt: string }>(
  rows: T[],
  limit: number,
  idOf: (row: T) => string,
): Page<Omit<T, 'cursorAt'>> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const items = shown.map((row) => {
    const { cursorAt: _, ...item } = row;
    return item;
  });
  return { items, next: last ? writeCursor({ at: last.cursorAt, id: idOf(last) }) : null };
}
