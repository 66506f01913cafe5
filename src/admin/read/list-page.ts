import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';
import type { WaitPatience } from './attention.js';
import { type Page, readCursor, toPage } from './cursor.js';
import { momentsOf, type When } from './moments.js';

/** Its moments are when the row was created. */
export interface ListFilter extends When {
  status?: string | undefined;
  stage?: string | undefined;
  tenantId?: string | undefined;
  needsAttention?: boolean | undefined;
  /** Neither finished nor failed. */
  underWay?: boolean | undefined;
}

export interface ListSettings {
  waitPatience: WaitPatience;
}

export interface PageWanted {
  limit: number;
  cursor?: string | undefined;
}

/**
 * One page of a list, the newest first, of what is within reach. The query's parameters: $1 status, $2 stage, $3 tenant, $4 before, $5 after,
 * $6 needs attention, $7 and $8 the cursor's moment and id, $9 rows wanted, $10 the bounds of waits, $11 under way.
 * @throws BadOrder for a cursor that is none, OutOfReach.
 */
export async function listPage<T extends object>(
  pool: Pool,
  query: string,
  { waitPatience }: ListSettings,
  reach: Reach,
  filter: ListFilter,
  page: PageWanted,
  idOf: (row: T) => string,
): Promise<Page<T>> {
  const from = page.cursor === undefined ? undefined : readCursor(page.cursor);
  const { before, after } = momentsOf(filter);
  const { rows } = await pool.query<T & { cursorAt: string }>(query, [
    filter.status ?? null,
    filter.stage ?? null,
    reach.within(filter.tenantId),
    before,
    after,
    filter.needsAttention ?? null,
    from?.at ?? null,
    from?.id ?? null,
    page.limit + 1,
    waitPatience,
    filter.underWay ?? null,
  ]);
  return toPage<T & { cursorAt: string }>(rows, page.limit, idOf) as unknown as Page<T>;
}
