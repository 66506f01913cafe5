import { Connection } from '@temporalio/client';
import type { Config } from '../config/config.js';
import { connectionOptions } from '../temporal/connection.js';
import { ensureSearchAttributes, SEARCH_ATTRIBUTES } from './temporal-namespace.js';
import { describe, type Say, UserError } from './user-error.js';

const ANSWER_WITHIN = 8_000;
/** gRPC's status code. */
const NOT_FOUND = 5;

/** @throws UserError when nobody answers there, or our namespace is not there. */
export async function checkTemporal(temporal: Config['temporal'], say: Say): Promise<void> {
  const { address, namespace } = temporal;
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ ...connectionOptions(temporal), connectTimeout: ANSWER_WITHIN });
    const open = connection;
    await open.withDeadline(Date.now() + ANSWER_WITHIN, () => open.workflowService.describeNamespace({ namespace }));
  } catch (error) {
    await connection?.close();
    if ((error as { code?: number }).code === NOT_FOUND) {
      throw new UserError(
        `The Temporal server at ${address} has no namespace "${namespace}" (TEMPORAL_NAMESPACE): create it with ` +
          `"temporal operator namespace create --namespace ${namespace}", or name another.`,
      );
    }
    throw new UserError(
      `The Temporal server at ${address} (TEMPORAL_ADDRESS) cannot be used: ${describe(error)}. Start it, correct ` +
        'TEMPORAL_ADDRESS, or unset it to have one started for you.',
    );
  }
  try {
    const open = connection;
    await open.withDeadline(Date.now() + ANSWER_WITHIN, () => ensureSearchAttributes(open, namespace));
  } catch (error) {
    // A server that does not let us look may still have them; a start will say so if not.
    const wanted = SEARCH_ATTRIBUTES.map((name) => `--name ${name} --type Keyword`).join(' ');
    say(
      `warning: could not make sure that the search attributes ${SEARCH_ATTRIBUTES.join(' and ')} exist in namespace ` +
        `"${namespace}" (${describe(error)}). If starts are refused: "temporal operator search-attribute create ` +
        `--namespace ${namespace} ${wanted}".`,
    );
  } finally {
    await connection.close();
  }
}
