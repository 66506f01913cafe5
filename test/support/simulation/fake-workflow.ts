import { AsyncLocalStorage } from 'node:async_hooks';

/** What the workflow's side of `@temporalio/workflow` needs of the run it is called in. */
export interface RunContext {
  isCancelled: boolean;
  handler: (() => void) | undefined;
  condition(isTrue: () => boolean, milliseconds?: number): Promise<boolean>;
}

/** The run whose code is executing, as the workflow sandbox has it; shielded inside `nonCancellable`. */
export const currentRun = new AsyncLocalStorage<{ run: RunContext; isShielded: boolean }>();

const here = (): { run: RunContext; isShielded: boolean } => {
  const store = currentRun.getStore();
  if (!store) throw new Error('called outside a simulated run');
  return store;
};

/**
 * The functions of `@temporalio/workflow` that `travel` calls, for a run outside the sandbox. Use it with `vi.mock`;
 * everything else of the package stays real.
 */
export const fakeWorkflowFunctions = {
  setHandler: (_: unknown, handler: () => void): void => {
    here().run.handler = handler;
  },
  condition: (isTrue: () => boolean, milliseconds?: number): Promise<boolean> =>
    here().run.condition(isTrue, milliseconds),
  setCurrentDetails: (): void => {},
  CancellationScope: {
    nonCancellable: <T>(work: () => Promise<T>): Promise<T> =>
      currentRun.run({ run: here().run, isShielded: true }, work),
    current: () => ({ consideredCancelled: here().run.isCancelled && !here().isShielded }),
  },
};

/** The same for `@temporalio/activity`: an attempt outside a worker. */
export const fakeActivityFunctions = {
  activityInfo: () => ({ attempt: 1 }),
  cancellationSignal: () => new AbortController().signal,
  heartbeat: (): void => {},
  log: { info: (): void => {} },
};
