import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import {
  JOB_STAGES,
  type JobInput,
  type JobStage,
  jobWorkflowId,
  PIPELINE_TASK_QUEUE,
  type VariantInput,
  type VariantStage,
  variantWorkflowId,
} from '../../workflows/contract.js';
import { lookAgain } from '../../workflows/messages.js';
import type { VariantView } from './variant-view.js';

export const JOB_ID = defineSearchAttributeKey('JobId', SearchAttributeType.KEYWORD);
export const TENANT_ID = defineSearchAttributeKey('TenantId', SearchAttributeType.KEYWORD);

/** Starts workflows so that starting twice is starting once: an open run is woken, a closed one is followed by a new. */
export interface Starter {
  variant(view: VariantView, stage: VariantStage): Promise<void>;
  job(job: { jobId: string; tenantId: string; generation: number; stage: JobStage }): Promise<void>;
}

/** Shorter than an event's lease. A connection that swallows everything would otherwise hold a delivery for ever. */
const DEADLINE_MS = 10_000;

export function createStarter(client: Client, taskQueue = PIPELINE_TASK_QUEUE): Starter {
  const soon = <T>(call: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + DEADLINE_MS, call);
  const searchable = (jobId: string, tenantId: string) =>
    new TypedSearchAttributes([
      { key: JOB_ID, value: jobId },
      { key: TENANT_ID, value: tenantId },
    ]);

  return {
    async variant(view, stage) {
      const input: VariantInput = {
        variantId: view.variantId,
        jobId: view.jobId,
        generation: view.generation,
        startAt: stage,
        ordinal: view.ordinal,
        siblings: view.siblings,
      };
      const words = [view.shop, view.tone, `variant ${view.ordinal} of ${view.siblings}`].filter(Boolean);
      await soon(() =>
        client.workflow.signalWithStart('variantWorkflow', {
          workflowId: variantWorkflowId(view.variantId),
          taskQueue,
          args: [input],
          signal: lookAgain,
          signalArgs: [view.generation],
          typedSearchAttributes: searchable(view.jobId, view.tenantId),
          staticSummary: words.join(' · '),
          staticDetails: `Job ${view.jobId} of tenant ${view.tenantId}, generation ${view.generation}, from ${stage}.`,
        }),
      );
    },

    async job({ jobId, tenantId, generation, stage }) {
      const input: JobInput = { jobId, generation, startAt: stage };
      await soon(() =>
        client.workflow.signalWithStart('jobWorkflow', {
          workflowId: jobWorkflowId(jobId),
          taskQueue,
          args: [input],
          signal: lookAgain,
          signalArgs: [generation],
          typedSearchAttributes: searchable(jobId, tenantId),
          staticSummary: `job: ${JOB_STAGES.join(', then ')}`,
          staticDetails: `Job ${jobId} of tenant ${tenantId}, generation ${generation}, from ${stage}.`,
        }),
      );
    },
  };
}
