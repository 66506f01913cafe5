import type { Client } from '@temporalio/client';
import { IMAGE_TASK_QUEUE, PIPELINE_TASK_QUEUE } from '../../workflows/contract.js';

const DEADLINE_MS = 3_000;
/** A free worker answers within milliseconds, one on a crowded machine within seconds. */
const ANSWER_WITHIN_MS = 5_000;
/** A poll lasts a minute at most, so whoever has not polled for longer is gone; the server lists it for five. */
const POLL_LASTS_MS = 75_000;

/** Kinds of a task queue as Temporal's API numbers them. */
const WORKFLOW_TASKS = 1;
const ACTIVITY_TASKS = 2;

export interface QueueFacts {
  queue: string;
  /** Workers whose last poll is young enough for them to be there still. */
  pollers: number;
  lastPoll: Date | null;
}

/** Who polls each queue: the fewest of its kinds of tasks, because a queue needs all of them. */
export async function lookAtQueues(client: Client): Promise<QueueFacts[]> {
  // One after the other: a call still being retried when another has failed would end the process with its connection.
  const workflows = await pollersOf(client, PIPELINE_TASK_QUEUE, WORKFLOW_TASKS);
  const stages = await pollersOf(client, PIPELINE_TASK_QUEUE, ACTIVITY_TASKS);
  const pictures = await pollersOf(client, IMAGE_TASK_QUEUE, ACTIVITY_TASKS);
  return [workflows.pollers <= stages.pollers ? workflows : stages, pictures];
}

async function pollersOf(client: Client, queue: string, taskQueueType: 1 | 2): Promise<QueueFacts> {
  const { pollers } = await client.withDeadline(Date.now() + DEADLINE_MS, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: queue },
      taskQueueType,
    }),
  );
  const polls = (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000);
  const last = Math.max(0, ...polls);
  return {
    queue,
    pollers: polls.filter((at) => Date.now() - at < POLL_LASTS_MS).length,
    lastPoll: last > 0 ? new Date(last) : null,
  };
}

export type WorkerAnswer = 'answered' | 'silent' | 'nothing to ask about';

/**
 * Has a worker answer a question about a workflow, the only proof that does not wait for a poll to run out. Any answer
 * counts, also that it does not know the question. Asks about the newest workflow unless one is named that has been started.
 */
export async function askWorkers(client: Client, workflowId?: string): Promise<WorkerAnswer> {
  const id = workflowId ?? (await newestWorkflow(client));
  if (!id) return 'nothing to ask about';
  try {
    await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      client.workflow.getHandle(id).query('__stack_trace'),
    );
    return 'answered';
  } catch (error) {
    // Not started yet: then about another.
    if (error instanceof Error && /NotFound/.test(error.name))
      return workflowId ? askWorkers(client) : 'nothing to ask about';
    // Told by the worker itself, as opposed to the server's "nobody came for it".
    return error instanceof Error && error.name.startsWith('Query') ? 'answered' : 'silent';
  }
}

async function newestWorkflow(client: Client): Promise<string | undefined> {
  const { executions } = await client.withDeadline(Date.now() + DEADLINE_MS, () =>
    client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      pageSize: 1,
      query: `TaskQueue = '${PIPELINE_TASK_QUEUE}'`,
    }),
  );
  return executions?.[0]?.execution?.workflowId ?? undefined;
}
