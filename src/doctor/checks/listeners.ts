import { findForeignListeners } from '../../db/foreign-listeners.js';
import type { Look } from '../check.js';

/** Who else hears what is published. Image generation outside may hear of jobs; of variants only the original does. */
export const lookAtListeners: Look<'listeners'> = async ({ pool, stagesArePeer }) => {
  const { found, hidden } = await findForeignListeners(pool);
  return {
    measured: { found: found.length, hidden },
    findings: found
      .filter(({ channel }) => channel === 'job_variant_state_changed')
      .map(({ pid, who, channel }) => ({
        code: stagesArePeer ? ('doubling-listener' as const) : ('foreign-listener' as const),
        pid,
        who,
        channel,
      })),
  };
};
