import type { Connection } from '@temporalio/client';
import { describeTrouble } from '../../diagnosis/system-facts.js';
import type { Look } from '../check.js';

const DEADLINE_MS = 5_000;
/** Below this a run is forgotten before anybody has looked at it by daylight. */
const SHORTEST_HOURS = 24;
/** gRPC: there is no such thing. */
const NOT_FOUND = 5;

/** Does Temporal answer, is the namespace there, and for how long does it keep closed runs? */
export const lookAtTheTemporal =
  (shortest = SHORTEST_HOURS): Look<'temporal'> =>
  async ({ temporal }) => {
    const { namespace } = temporal.options;
    try {
      // One after the other: a call still being retried when the other has failed would outlive its connection.
      const soon = <T>(call: () => Promise<T>): Promise<T> => temporal.withDeadline(Date.now() + DEADLINE_MS, call);
      const info = await soon(() => temporal.workflowService.getSystemInfo({}));
      const described = await soon(() => temporal.workflowService.describeNamespace({ namespace }));
      const kept = Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 3_600;
      const at = (temporal.connection as Connection).options.address ?? '';
      return {
        measured: { at, version: info.serverVersion ?? '', namespace, retentionHours: kept },
        findings: kept < shortest ? [{ code: 'retention-short', namespace, hours: kept }] : [],
      };
    } catch (error) {
      return {
        measured: null,
        findings: [
          (error as { code?: number }).code === NOT_FOUND
            ? { code: 'namespace-missing', namespace }
            : { code: 'temporal-down', trouble: describeTrouble(error) },
        ],
      };
    }
  };
