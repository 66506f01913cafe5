import { setTimeout as delay } from 'node:timers/promises';
import type { Claim, Ending, StageOrder } from '../../activities/claims.js';
import type { Stage } from '../../workflows/contract.js';
import { isDatabaseAway } from './is-database-away.js';
import type { Pool } from './pool.js';

/*
 * What claims on variants and on jobs have in common. Both statements number their parameters alike:
 * $1 unit, $2 stage, $3 generation, $4 token. A token is one attempt's alone: who has it need not name the stage.
 */

/** Opens the claim for a new attempt, or takes it over from the last one: from then on only the new token counts. */
export const TAKE_TOKEN = `
  on conflict (unit_id, stage, generation) do update
    set token = excluded.token,
        peer = excluded.peer,
        -- An attempt that never said how it ended was lost with its worker; hand-overs and outages are no retries.
        retries = c.retries + (coalesce(c.last_ending, 'lost') in ('lost', 'failed'))::integer,
        lost = c.lost + (c.last_ending is null)::integer,
        last_ending = null,
        updated_at = clock_timestamp()
  returning c.*`;

/** The unit goes on: whatever it waited for has come. */
export const SETTLE_WAIT = `
  update pipeline.waits w set settled_at = clock_timestamp(), outcome = 'went on'
    from claimed where w.unit_id = claimed.unit_id and w.settled_at is null`;

/** Extra attempts of the unit in this generation, summed over its stages. */
export const RETRY_COUNT = `
  claimed.retries + (select coalesce(sum(o.retries), 0) from pipeline.claims o
                      where o.unit_id = $1 and o.generation = $3 and o.stage <> $2)`;

export const GRANTED_COLUMNS = `claimed.inputs, claimed.failures, claimed.opened_at, j.tenant_id,
  coalesce(extract(epoch from clock_timestamp() - claimed.outage_since) * 1000, 0)::float8 as outage_ms`;

export interface GrantedRow {
  inputs: Record<string, unknown>;
  failures: number;
  opened_at: Date;
  tenant_id: string;
  outage_ms: number;
}

export const toClaim = (order: StageOrder, stage: Stage, token: string, row: GrantedRow): Claim => ({
  ...order,
  stage,
  token,
  openedAt: row.opened_at,
  inputs: row.inputs,
  tenantId: row.tenant_id,
  failures: row.failures,
  outageMs: row.outage_ms,
});

/** A database that restarts is back by then; one that stays away longer lets the attempt count as lost. */
const PERSISTENCE_MS = 10_000;
const NEXT_TRY_MS = 250;

/**
 * Notes how an attempt ended. An attempt whose claim was taken over meanwhile notes nothing. Often the database's own
 * restart ended it, so this persists for a while: an ending that is not noted counts as a lost worker.
 */
export async function releaseClaim(pool: Pool, claim: Claim, ending: Ending, reason: string): Promise<void> {
  for (const deadline = Date.now() + PERSISTENCE_MS; ; await delay(NEXT_TRY_MS)) {
    try {
      return await noteEnding(pool, claim, ending, reason);
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > deadline) throw error;
    }
  }
}

async function noteEnding(pool: Pool, claim: Claim, ending: Ending, reason: string): Promise<void> {
  await pool.query(
    `update pipeline.claims
        set last_ending = $3, reason = $4,
            failures = failures + ($3 = 'failed')::integer,
            outage_since = case when $3 = 'outage' then coalesce(outage_since, clock_timestamp()) end,
            updated_at = clock_timestamp()
      where unit_id = $1 and token = $2 and state = 'open'`,
    [claim.unitId, claim.token, ending, reason],
  );
}
