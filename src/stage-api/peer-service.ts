import type { Claim } from '../../activities/claims.js';
import { BadInput } from '../../activities/failures.js';
import type { StageService } from '../../activities/stages.js';
import { noteProposal, settlePeerClaim } from '../db/peer-claims.js';
import type { Pool } from '../db/pool.js';
import type { StageClient } from './stage-client.js';

/**
 * The original stage service: it keeps no answers, so before a call the rows are asked whether an earlier one did the
 * work, and after it whether it is true that the work is done.
 */
export const createPeerService = (client: StageClient, pool: Pool): StageService => ({
  async perform(claim, signal) {
    if (await settlePeerClaim(pool, claim)) return;
    const answer = await client.ask(claim, signal).catch((error: unknown) => {
      // It answers 400 also to a row that somebody moved just then: worth another attempt, like any failure.
      throw error instanceof BadInput ? new Error(error.message) : error;
    });
    if (!(await settlePeerClaim(pool, claim))) {
      throw new Error(
        `the stage service answered that ${claim.stage} is done, but left neither that state nor its rows`,
      );
    }
    await noteWhoseProposal(pool, claim, answer);
  },
});

/** Proposals lie under the job's photo, which siblings share; the answer alone says which one is this variant's. */
async function noteWhoseProposal(pool: Pool, claim: Claim, answer: string): Promise<void> {
  if (claim.stage !== 'planner') return;
  const { proposals } = JSON.parse(answer) as { proposals?: { proposal_id?: string }[] };
  const first = proposals?.[0]?.proposal_id;
  if (first) await noteProposal(pool, claim, first);
}
