import { jobWorkflowId, variantWorkflowId } from '../../../workflows/contract.js';
import { findOrphans } from '../../bridge/orphans.js';
import { createRuns, type Runs } from '../../bridge/runs.js';
import { findStill } from '../../bridge/suspects.js';
import type { Finding } from '../../diagnosis/findings.js';
import type { Look } from '../check.js';

/** The sweep has looked several times by then. */
const STILL_FOR_S = 60;
const MOST = 500;
const EXAMPLES = 5;

/** Rows that a run should work on against the runs that are open: what the sweep has not put right by itself. */
export const lookAtRuns =
  (stillFor = STILL_FOR_S): Look<'runs'> =>
  async ({ pool, temporal }) => {
    const runs = createRuns(temporal);
    const still = (await findStill(pool, stillFor, MOST)).map(({ kind, unitId }) =>
      kind === 'variant' ? variantWorkflowId(unitId) : jobWorkflowId(unitId),
    );
    const lost = await notOpen(runs, still);
    const orphans: string[] = [];
    for await (const workflowId of findOrphans({ pool, runs }, stillFor * 1_000)) orphans.push(workflowId);
    return {
      measured: { compared: still.length, open: still.length - lost.length },
      findings: [...named('rows-without-run', lost), ...named('runs-without-row', orphans)],
    };
  };

/** What Temporal lists lags by moments, so that each one missing is asked about. */
async function notOpen(runs: Runs, workflowIds: string[]): Promise<string[]> {
  const open = await runs.open(workflowIds);
  const lost: string[] = [];
  for (const id of workflowIds.filter((workflowId) => !open.has(workflowId))) {
    const state = await runs.look(id);
    if (state !== 'working' && state !== 'waiting') lost.push(id);
  }
  return lost;
}

const named = (code: 'rows-without-run' | 'runs-without-row', ids: string[]): Finding[] =>
  ids.length > 0 ? [{ code, count: ids.length, examples: ids.slice(0, EXAMPLES) }] : [];
