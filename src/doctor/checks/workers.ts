import { lookAtTemporal } from '../../diagnosis/system-facts.js';
import { temporalFindings } from '../../diagnosis/system-findings.js';
import type { Look } from '../check.js';

/** Who polls each queue, and does one of them answer? */
export const lookAtWorkers: Look<'workers'> = async (patient) => {
  const temporal = await lookAtTemporal(patient.temporal);
  // That is for the check of Temporal to name.
  if (temporal.trouble !== null) throw new Error(temporal.trouble);
  return {
    measured: {
      queues: temporal.queues.map(({ queue, pollers }) => ({ queue, pollers })),
      answered: temporal.workers === 'answered',
    },
    findings: temporalFindings({ temporal }),
  };
};
