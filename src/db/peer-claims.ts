import type { Claim } from '../../activities/claims.js';
import type { Pool } from './pool.js';

/** Whether a stage that the original performs is done, by its status or by rows newer than the claim; ends the claim. */
export async function settlePeerClaim(pool: Pool, claim: Claim): Promise<boolean> {
  const { rows } = await pool.query<{ settled: boolean }>(
    'select pipeline.settle_peer_claim($1, $2, $3, $4) as settled',
    [claim.unitId, claim.stage, claim.generation, claim.token],
  );
  return rows[0]?.settled ?? false;
}

/** Records the plan whose first proposal bears this id, which was drawn for the plan alone, as the claim's result. */
export async function noteProposal(pool: Pool, claim: Claim, firstProposal: string): Promise<void> {
  await pool.query(
    `update pipeline.claims c set result = jsonb_build_object('proposal_id', p.proposal_id)
       from planner_proposals p
      where c.unit_id = $1 and c.stage = $2 and c.generation = $3
        and p.layout->'proposals'->0->>'proposal_id' = $4`,
    [claim.unitId, claim.stage, claim.generation, firstProposal],
  );
}
