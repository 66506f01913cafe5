import { type Client, type WorkflowExecutionStatusName, WorkflowNotFoundError } from '@temporalio/client';
import { lookAgain } from '../../workflows/messages.js';
import type { RunState } from './decide-reconcile.js';

/** No look or signal may hold a round up for long; what is not answered by then is asked again in the next. */
const DEADLINE_MS = 10_000;
const CLOSE_EVENT = 2;

/** What Temporal tells of workflows, by workflow id; every method rejects when it cannot be asked. */
export interface Runs {
  /** Which of these have an open run. May lag by moments: ask `look` about those that are missing. */
  open(workflowIds: string[]): Promise<Set<string>>;
  /** The newest run as it is now. */
  look(workflowId: string): Promise<RunState>;
  /** Who or what ended the newest run, in words; empty when nothing was said. */
  lastWords(workflowId: string): Promise<string>;
  /** Has an open run look at its row again; nothing happens when none is open. */
  wake(workflowId: string): Promise<void>;
  /** Ids of runs that have been open since before `since`, in pages. */
  openSince(since: Date): AsyncIterable<string>;
}

const CLOSED: Partial<Record<WorkflowExecutionStatusName, RunState>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  TERMINATED: 'terminated',
  CANCELLED: 'cancelled',
};

export function createRuns(client: Client): Runs {
  const soon = <T>(call: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + DEADLINE_MS, call);

  const idsOf = async (query: string): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { workflowId } of client.workflow.list({ query, pageSize: 500 })) ids.push(workflowId);
    return ids;
  };

  return {
    async open(workflowIds) {
      if (workflowIds.length === 0) return new Set();
      const quoted = workflowIds.map((id) => `'${id}'`).join(', ');
      return new Set(await soon(() => idsOf(`ExecutionStatus = 'Running' AND WorkflowId IN (${quoted})`)));
    },

    look: (workflowId) =>
      soon(async () => {
        try {
          const { status, raw } = await client.workflow.getHandle(workflowId).describe();
          const closed = CLOSED[status.name];
          if (closed) return closed;
          if (status.name !== 'RUNNING') return 'working'; // paused by a person, or a word this client does not know
          return raw.pendingWorkflowTask || raw.pendingActivities?.length ? 'working' : 'waiting';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return 'unknown';
          throw error;
        }
      }),

    lastWords: (workflowId) =>
      soon(async () => {
        const { history } = await client.workflowService.getWorkflowExecutionHistory({
          namespace: client.options.namespace,
          execution: { workflowId },
          historyEventFilterType: CLOSE_EVENT,
        });
        const event = history?.events?.at(-1);
        const terminated = event?.workflowExecutionTerminatedEventAttributes;
        if (terminated)
          return [terminated.reason, terminated.identity && `by ${terminated.identity}`].filter(Boolean).join(', ');
        const failure = event?.workflowExecutionFailedEventAttributes?.failure;
        return failure?.cause?.message ?? failure?.message ?? '';
      }),

    async wake(workflowId) {
      try {
        // The generation is for people who read the history; here nobody knows one.
        await soon(() => client.workflow.getHandle(workflowId).signal(lookAgain, 0));
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },

    async *openSince(since) {
      const query = `ExecutionStatus = 'Running' AND StartTime < '${since.toISOString()}'`;
      for await (const { workflowId } of client.workflow.list({ query, pageSize: 500 })) yield workflowId;
    },
  };
}
