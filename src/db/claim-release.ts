import type { Claim, Ending } from '../../activities/claims.js';
import type { Pool } from './pool.js';

/** Notes how an attempt ended. An attempt whose claim was taken over meanwhile notes nothing. */
export async function claimRelease(pool: Pool, claim: Claim, ending: Ending, reason: string): Promise<void> {
  await pool.query(
    `update pipeline.claims
        set last_ending = $5, reason = $6,
            failures = failures + ($5 = 'failed')::integer,
            outage_since = case when $5 = 'outage' then coalesce(outage_since, clock_timestamp()) end,
            updated_at = clock_timestamp()
      where unit_id = $1 and stage = $2 and generation = $3 and token = $4 and state = 'open'`,
    [claim.unitId, claim.stage, claim.generation, claim.token, ending, reason],
  );
}
