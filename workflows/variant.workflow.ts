import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { PICTURE, STAGE_CALL, STATUS_WRITE } from './activity-profiles.js';
import { stageAfter, type VariantInput } from './contract.js';
import { travel } from './road.js';

const { find_variant_work, fail_variant } = proxyActivities<Activities>(STATUS_WRITE);

/** One variant's way from its picture to its scores: img_gen and the eight stages, one activity each. */
export function variantWorkflow({
  variantId,
  jobId,
  generation,
  startAt,
  ordinal,
  siblings,
}: VariantInput): Promise<string> {
  return travel(
    {
      perform: (at) => {
        const activities = proxyActivities<Activities>({
          ...(at.stage === 'img_gen' ? PICTURE : STAGE_CALL),
          // The type names the stage already.
          summary: `variant ${ordinal} of ${siblings}`,
        });
        return activities[at.stage]({ unitId: variantId, jobId, generation: at.generation });
      },
      after: stageAfter,
      findWork: () => find_variant_work({ unitId: variantId }),
      startAnew: (at) =>
        continueAsNew<typeof variantWorkflow>({
          variantId,
          jobId,
          generation: at.generation,
          startAt: at.stage,
          ordinal,
          siblings,
        }),
      recordFailure: (at, reason) => fail_variant({ unitId: variantId, jobId, ...at, reason }),
    },
    { stage: startAt, generation },
  );
}
