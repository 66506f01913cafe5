import { setTimeout as delay } from 'node:timers/promises';
import { Connection, type ConnectionOptions } from '@temporalio/client';

/** What people look for in the Web UI; a start that names an attribute the server does not know is refused. */
export const SEARCH_ATTRIBUTES = ['JobId', 'TenantId'] as const;

/** temporal.api.enums.v1.IndexedValueType; the generated enum is not part of the SDK's public packages. */
const KEYWORD = 2;
const READY_WITHIN = 30_000;

/** The port of a server that is starting is open before its namespace is there. */
export async function waitForNamespace(
  options: ConnectionOptions & { address: string; namespace: string },
): Promise<void> {
  const { namespace, ...connectionOptions } = options;
  const connection = await Connection.connect(connectionOptions);
  try {
    const deadline = Date.now() + READY_WITHIN;
    for (;;) {
      try {
        await connection.workflowService.describeNamespace({ namespace });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await delay(50);
      }
    }
  } finally {
    await connection.close();
  }
}

/** Registers what is missing. @throws when the server does not let us. */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter((name) => customAttributes?.[name] === undefined);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
