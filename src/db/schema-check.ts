import type { ClientBase } from 'pg';
import { inTransaction, type Pool } from './pool.js';
import { type ObjectKind, readSchema, type SchemaObject } from './schema/catalog.js';
import { expectedSchema, migrationNames } from './schema/expected.js';

/** One difference between the schema as the migrations leave it and as it is. */
export interface SchemaFinding {
  /** `extra`: somebody else's, or a leftover; nothing of ours depends on it. The others are trouble. */
  state: 'missing' | 'differs' | 'disabled' | 'extra' | 'not applied';
  kind: ObjectKind | 'migration';
  /** Schema and table (`public.jobs`); for a function its schema. */
  owner: string;
  name: string;
  /** As the migrations leave it; empty for what is extra. */
  expected: string;
  /** As it is; empty for what is missing. */
  found: string;
  /** What a person does about it, in words. */
  remedy: string;
}

const PUT_RIGHT = 'run "npm run migrate -- --adopt", which puts it right and keeps what it replaces';

/** What the finding is about, for a sentence: `trigger job_state_change_trigger on public.jobs`. */
export const nameOf = ({ kind, owner, name }: Pick<SchemaFinding, 'kind' | 'owner' | 'name'>): string => {
  if (kind === 'table' || kind === 'function') return `${kind} ${owner.split('.')[0]}.${name}`;
  return kind === 'column' ? `column ${owner}.${name}` : `${kind} ${name}${owner && ` on ${owner}`}`;
};

export const isTrouble = (finding: SchemaFinding): boolean => finding.state !== 'extra';

/**
 * Compares the live schema with what the migrations leave: tables, columns, constraints, indexes, triggers (present,
 * enabled, as defined) and functions (by hash). Reads only. An empty list means that nothing differs.
 */
export const compareSchema = (pool: Pool): Promise<SchemaFinding[]> =>
  inTransaction(pool, async (client) => {
    await client.query('set transaction read only');
    await client.query('set local search_path to public');
    const pending = await pendingMigrations(client);
    // What they make is missing as well, and says nothing more.
    return pending.length > 0 ? pending : compareObjects(await readSchema(client), expectedSchema());
  });

async function pendingMigrations(client: Pick<ClientBase, 'query'>): Promise<SchemaFinding[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `select to_regclass('pipeline.migrations') is not null as exists`,
  );
  const applied = rows[0]?.exists
    ? (await client.query<{ name: string }>('select name from pipeline.migrations')).rows.map(({ name }) => name)
    : [];
  return migrationNames()
    .filter((name) => !applied.includes(name))
    .map((name) => ({
      state: 'not applied',
      kind: 'migration',
      owner: '',
      name,
      expected: '',
      found: '',
      remedy:
        'run "npm run migrate" ("npm run migrate -- --adopt" on a database that held tables of these names before)',
    }));
}

/** Pure: the differences between two readings, in the order of what is expected, extras last. */
export function compareObjects(live: SchemaObject[], expected: SchemaObject[]): SchemaFinding[] {
  const found = new Map(live.map((object) => [keyOf(object), object]));
  const tables = new Set(expected.filter(({ kind }) => kind === 'table').map(({ owner }) => owner));
  const missingTables = new Set([...tables].filter((owner) => !found.has(`table ${owner} ${owner.split('.')[1]}`)));
  const differences = expected
    // Of a missing table everything else is missing too.
    .filter(({ kind, owner }) => kind === 'table' || !missingTables.has(owner))
    .map((object) => difference(object, found.get(keyOf(object)), live))
    .filter((finding) => finding !== undefined);

  const wanted = new Set(expected.map(keyOf));
  const extras = live
    .filter((object) => !wanted.has(keyOf(object)) && isNear(object, tables))
    .map(({ kind, owner, name, definition }) => ({
      state: 'extra' as const,
      kind,
      owner,
      name,
      expected: '',
      found: definition,
      remedy: 'left as it is; remove it yourself if nothing needs it',
    }));
  return [...differences, ...extras];
}

export const keyOf = ({ kind, owner, name }: SchemaObject): string => `${kind} ${owner} ${name}`;

/** Foreign tables and what hangs on the contract's; what hangs on a foreign table is said with the table. */
const isNear = ({ kind, owner }: SchemaObject, tables: Set<string>): boolean => {
  if (kind === 'function') return owner === 'pipeline';
  return kind === 'table' || tables.has(owner);
};

function difference(
  expected: SchemaObject,
  found: SchemaObject | undefined,
  live: SchemaObject[],
): SchemaFinding | undefined {
  const { kind, owner, name, definition } = expected;
  const finding = (state: SchemaFinding['state'], remedy: string): SchemaFinding => {
    return { state, kind, owner, name, expected: definition, found: found?.definition ?? '', remedy };
  };
  if (!found) return isThereUnderAnotherName(expected, live) ? undefined : finding('missing', remedyFor(expected));
  if (found.definition === `${definition} NOT VALID`) {
    return finding(
      'differs',
      `remove the rows that violate it, then "alter table ${owner} validate constraint ${name}"`,
    );
  }
  if (found.definition !== definition) return finding('differs', remedyFor(expected));
  if (found.isEnabled) return undefined;
  return kind === 'index'
    ? finding('disabled', `it is invalid: "reindex index ${owner.split('.')[0]}.${name}"`)
    : finding('disabled', `${PUT_RIGHT}, or "alter table ${owner} enable trigger ${name}"`);
}

/** The same key or index by another name serves as well; only who names it would notice. */
const isThereUnderAnotherName = ({ kind, owner, name, definition }: SchemaObject, live: SchemaObject[]): boolean =>
  (kind === 'constraint' || kind === 'index') &&
  live.some(
    (other) =>
      other.kind === kind &&
      other.owner === owner &&
      (kind === 'constraint' ? other.definition : other.definition.replace(other.name, name)) === definition,
  );

const remedyFor = ({ kind, owner, name, definition }: SchemaObject): string => {
  if (kind === 'trigger' || kind === 'function') return PUT_RIGHT;
  if (owner.startsWith('public.')) {
    return kind === 'column'
      ? `${PUT_RIGHT}; a column of another type is for you: it must be ${definition}`
      : PUT_RIGHT;
  }
  if (kind === 'index') return `${PUT_RIGHT} (${definition})`;
  return `the pipeline's own ${kind} ${owner}${kind === 'table' ? '' : `.${name}`} was altered: restore it from a backup`;
};
