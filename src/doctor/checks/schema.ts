import { expectedSchema, migrationNames } from '../../db/schema/expected.js';
import { compareSchema, isTrouble, nameOf, type SchemaFinding } from '../../db/schema-check.js';
import type { Finding } from '../../diagnosis/findings.js';
import { TRIGGERS } from '../../diagnosis/system-facts.js';
import type { Look } from '../check.js';

/** The contract's triggers have a check of their own, and are not named twice. */
const isNamedElsewhere = ({ kind, name, state }: SchemaFinding): boolean =>
  kind === 'trigger' && state !== 'extra' && TRIGGERS.some((trigger) => trigger.name === name);

/** The live schema, functions by hash, against what the migrations leave. */
export const lookAtSchema: Look<'schema'> = async ({ pool }) => {
  const differences = (await compareSchema(pool)).filter((difference) => !isNamedElsewhere(difference));
  const expected = expectedSchema();
  return {
    measured: {
      migrations: migrationNames().length,
      functions: expected.filter(({ kind }) => kind === 'function').length,
      objects: expected.length,
      extra: differences.filter(({ state }) => state === 'extra').map(nameOf),
    },
    findings: findingsOf(differences.filter(isTrouble)),
  };
};

function findingsOf(troubles: SchemaFinding[]): Finding[] {
  const pending = troubles.filter(({ state }) => state === 'not applied').map(({ name }) => name);
  if (pending.length > 0) return [{ code: 'migrations-pending', names: pending }];
  return troubles.map((difference) => ({ code: 'schema-differs', what: nameOf(difference), difference }));
}
