import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';
import { type LogIds, logAbout } from '../log.js';

const OURS = /^(variant|job)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A workflow bears the id of its row. */
export function idsOfWorkflow(workflowId: string): LogIds {
  const [, kind, unitId] = OURS.exec(workflowId) ?? [];
  if (!kind || !unitId) return { workflowId };
  return { workflowId, ...(kind === 'variant' ? { variantId: unitId } : { jobId: unitId }) };
}

/** Puts on every line of an attempt which stage of whom it is; its calls to others bear an id made of the attempt. */
export const logAttempts = ({ info }: Context): ActivityInterceptors => ({
  inbound: {
    execute(input, next) {
      const { workflowId = '', runId = '' } = info.workflowExecution ?? {};
      const { jobId } = (input.args[0] ?? {}) as { jobId?: string };
      const { activityType: stage, activityId, attempt } = info;
      const ids = { ...idsOfWorkflow(workflowId), ...(jobId !== undefined && { jobId }), runId, stage, attempt };
      return logAbout({ ...ids, requestId: `${runId}/${activityId}/${attempt}` }, () => next(input));
    },
  },
});
