import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { PAID_MODEL_CALL, STATUS_WRITE } from './activity-profiles.js';
import { JOB_STAGES, type JobInput } from './contract.js';
import { travel } from './road.js';

const { find_job_work, fail_job } = proxyActivities<Activities>(STATUS_WRITE);

/** The two stages of a job whose variants are settled: the Korean copy, then the Instagram feed. */
export function jobWorkflow({ jobId, generation, startAt }: JobInput): Promise<string> {
  return travel(
    {
      perform: (at) => {
        const activities = proxyActivities<Activities>({ ...PAID_MODEL_CALL, summary: 'job' });
        return activities[at.stage]({ unitId: jobId, jobId, generation: at.generation });
      },
      after: (stage) => JOB_STAGES[JOB_STAGES.indexOf(stage) + 1],
      findWork: () => find_job_work({ unitId: jobId }),
      startAnew: (at) => continueAsNew<typeof jobWorkflow>({ jobId, generation: at.generation, startAt: at.stage }),
      recordFailure: (at, reason) => fail_job({ unitId: jobId, jobId, ...at, reason }),
    },
    { stage: startAt, generation },
  );
}
