import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { inject } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { ensureSearchAttributes } from '../../src/stack/temporal-namespace.js';

/** The workflows as they are shipped, bundled once by the build that runs before these tests. */
export const workflowBundle = { codePath: path.join(packageRoot, 'dist', 'workflow-bundle.js') };

const suffix = (): string => randomBytes(4).toString('hex');

export const temporalAddress = (): string => inject('temporalAddress');
export const temporalMetricsUrl = (): string => inject('temporalMetricsUrl');

/** A queue nobody else polls: tests that run side by side do not take each other's tasks. */
export const uniqueTaskQueue = (name = 'test'): string => `${name}-${suffix()}`;

/** A namespace of the test's own, with the search attributes workflows are started with. */
export async function createNamespace(name = 'test'): Promise<string> {
  // The server's metrics write a "-" as "_"; without one both spell the name alike.
  const namespace = `${name}_${suffix()}`;
  const connection = await Connection.connect({ address: temporalAddress() });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    await untilAccepted(() => ensureSearchAttributes(connection, namespace));
    // Registered is not yet usable: the server's other parts read their list of namespaces now and then.
    await untilAccepted(() =>
      connection.workflowService.listWorkflowExecutions({ namespace, query: `JobId = 'none'` }),
    );
  } finally {
    await connection.close();
  }
  return namespace;
}

const untilAccepted = async (call: () => Promise<unknown>): Promise<void> => {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(100);
    }
  }
};

/**
 * The billable actions of a namespace as the server itself counts them. Its metric lags by about half a second, so this
 * waits until it has stood still for a second.
 */
export async function billableActions(namespace: string): Promise<number> {
  let last = -1;
  for (let unchanged = 0; unchanged < 5; ) {
    const now = await readActions(namespace);
    unchanged = now === last ? unchanged + 1 : 0;
    last = now;
    await delay(200);
  }
  return last;
}

const readActions = async (namespace: string): Promise<number> => {
  const text = await (await fetch(temporalMetricsUrl())).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith('action{') && line.includes(`namespace="${namespace}"`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
};
