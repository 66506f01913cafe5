import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { isTemporalAway } from '../temporal/is-temporal-away.js';

/** What orders need of Temporal. Both tolerate a run that is not there (any more). */
export interface RunControl {
  /** Asks open runs to end; their activities are interrupted. */
  cancel(workflowIds: string[]): Promise<void>;
  /** Waits, at most so many milliseconds, until the runs have ended by themselves; then ends those that have not. */
  end(workflowIds: string[], options: { patienceMs: number; reason: string }): Promise<void>;
}

/** Temporal could not be reached; the message says what is left undone and what becomes of it. */
export class TemporalAway extends Error {}

const DEADLINE_MS = 5_000;

export function createRunControl(client: Client): RunControl {
  const each = async (workflowIds: string[], act: (workflowId: string) => Promise<unknown>): Promise<void> => {
    for (const workflowId of workflowIds) {
      try {
        await act(workflowId);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) continue;
        if (isTemporalAway(error)) throw new TemporalAway((error as Error).message, { cause: error });
        throw error;
      }
    }
  };
  const within = <T>(milliseconds: number, call: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + milliseconds, call);

  return {
    cancel: (workflowIds) =>
      each(workflowIds, (id) => within(DEADLINE_MS, () => client.workflow.getHandle(id).cancel())),

    async end(workflowIds, { patienceMs, reason }) {
      const deadline = Date.now() + patienceMs;
      await each(workflowIds, async (id) => {
        const handle = client.workflow.getHandle(id);
        const { status } = await within(DEADLINE_MS, () => handle.describe());
        if (status.name !== 'RUNNING') return;
        // How it ended is of no interest, only that it did.
        const ended = await within(Math.max(1, deadline - Date.now()), () => handle.result()).then(
          () => true,
          (error: Error) => error.name === 'WorkflowFailedError',
        );
        if (!ended) await within(DEADLINE_MS, () => handle.terminate(reason));
      });
    },
  };
}

/** Where no Temporal server is known: every order that needs one says so. */
export const noRunControl: RunControl = {
  cancel: () => Promise.reject(new TemporalAway('no Temporal server is running')),
  end: () => Promise.reject(new TemporalAway('no Temporal server is running')),
};
