import { compareSchema, nameOf } from '../../db/schema-check.js';
import { lookAtTriggers, TRIGGERS } from '../../diagnosis/system-facts.js';
import { triggerFindings } from '../../diagnosis/system-findings.js';
import type { Look } from '../check.js';

/** Are the contract's triggers there, enabled, calling their functions, and fired by what they should be? */
export const lookAtTheTriggers: Look<'triggers'> = async ({ pool }) => {
  const findings = (await lookAtTriggers(pool)).flatMap(triggerFindings);
  if (findings.length > 0) return { measured: null, findings };
  const changed = (await compareSchema(pool)).filter(
    ({ kind, name, state }) => kind === 'trigger' && state === 'differs' && TRIGGERS.some((one) => one.name === name),
  );
  return {
    measured: { enabled: TRIGGERS.length },
    findings: changed.map((difference) => ({ code: 'schema-differs', what: nameOf(difference), difference })),
  };
};
