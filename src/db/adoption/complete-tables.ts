import type { ClientBase } from 'pg';
import { readSchema, type SchemaObject } from '../schema/catalog.js';
import { compareObjects, keyOf, nameOf, type SchemaFinding } from '../schema-check.js';
import { readBlueprint } from './blueprint.js';
import { parseColumn, servesAs } from './column-type.js';
import type { AdoptionReport } from './report.js';

type Db = Pick<ClientBase, 'query'>;

const blueprint = readBlueprint();

/** Of the contract's own tables: what the first migration makes of them, nothing that came later. */
const isOfContract = ({ kind, owner, name }: SchemaObject): boolean =>
  blueprint.tables.has(owner) && (kind !== 'index' || blueprint.indexes.has(name)) && kind !== 'trigger';

/** The contract's tables as they are and as they should be. */
export async function findTableDrift(db: Db, expected: SchemaObject[]): Promise<SchemaFinding[]> {
  const later = new Set(expected.filter((object) => !isOfContract(object)).map(keyOf));
  const live = (await readSchema(db)).filter(
    (object) => object.owner.startsWith('public.') && object.kind !== 'trigger' && !later.has(keyOf(object)),
  );
  return compareObjects(live, expected.filter(isOfContract));
}

/**
 * What keeps this database from being adopted, a line each with its remedy: types we could not write or read, missing
 * keys, and duplicates where the contract allows none. Changes nothing.
 */
export async function findObstacles(db: Db, drift: SchemaFinding[]): Promise<string[]> {
  const obstacles: string[] = [];
  for (const finding of drift) {
    const { state, kind, owner, name, expected, found } = finding;
    const what = nameOf(finding);
    if (kind === 'column' && state === 'differs') {
      const [is, should] = [parseColumn(found).type, parseColumn(expected).type];
      if (!servesAs(is, should)) {
        obstacles.push(
          `${what} is ${is}, must be ${should}: "alter table ${owner} alter column ${name} type ${should} using ${name}::${should}"`,
        );
      }
    }
    if (kind === 'column' && state === 'missing' && !canBeAdded(expected) && (await holdsRows(db, owner))) {
      obstacles.push(
        `${what} is missing, and rows are there that need a value: "alter table ${owner} add column ${name} ` +
          `${parseColumn(expected).type}", fill it, then "alter column ${name} set not null"`,
      );
    }
    if (kind !== 'constraint' || state !== 'missing') continue;
    if (expected.startsWith('PRIMARY KEY')) {
      obstacles.push(`${owner} has no primary key: "alter table ${owner} add ${expected.toLowerCase()}"`);
    } else if (expected.startsWith('UNIQUE') && (await holdsDuplicates(db, owner, expected, drift))) {
      const columns = columnsOf(expected);
      obstacles.push(
        `${owner} holds rows that are equal in ${columns}, which must be unique: find them with "select ${columns}, ` +
          `count(*) from ${owner} group by ${columns} having count(*) > 1" and keep one of each`,
      );
    }
  }
  return obstacles;
}

/** Rows get a value for it by themselves. */
const canBeAdded = (definition: string): boolean => {
  const column = parseColumn(definition);
  return !column.isRequired || column.default !== undefined;
};

const columnsOf = (unique: string): string => unique.slice(unique.indexOf('(') + 1, unique.indexOf(')'));

const holdsRows = async (db: Db, table: string): Promise<boolean> =>
  ((await db.query(`select from ${table} limit 1`)).rowCount ?? 0) > 0;

async function holdsDuplicates(db: Db, table: string, unique: string, drift: SchemaFinding[]): Promise<boolean> {
  const columns = columnsOf(unique);
  // A column that is still to be added is empty.
  if (drift.some(({ kind, owner, name }) => kind === 'column' && owner === table && columns === name)) return false;
  const { rowCount } = await db.query(
    `select from ${table} where ${columns} is not null group by ${columns} having count(*) > 1 limit 1`,
  );
  return (rowCount ?? 0) > 0;
}

/** Adds what is missing of the contract's tables, in the order in which one thing needs another. Drops nothing. */
export async function completeTables(db: Db, expected: SchemaObject[], report: AdoptionReport): Promise<void> {
  for (const kind of ['table', 'column', 'constraint', 'index'] as const) {
    for (const finding of await findTableDrift(db, expected)) {
      if (finding.kind !== kind || finding.state === 'extra') continue;
      if (finding.state === 'missing') await add(db, finding, report);
      else await noteDifference(db, finding, report);
    }
  }
  for (const finding of await findTableDrift(db, expected)) if (finding.state === 'extra') noteExtra(finding, report);
}

async function add(db: Db, finding: SchemaFinding, report: AdoptionReport): Promise<void> {
  const { kind, owner, name, expected } = finding;
  switch (kind) {
    case 'table':
      await db.query(blueprint.tables.get(owner) as string);
      break;
    case 'column':
      await db.query(`alter table ${owner} add column ${name} ${blueprint.columns.get(`${owner}.${name}`)}`);
      break;
    case 'index':
      await db.query(expected);
      break;
    case 'constraint':
      return addConstraint(db, finding, report);
    default:
      return;
  }
  report.done.push(`added ${nameOf(finding)}`);
}

/** A key that today's rows violate is enforced for new ones only. */
async function addConstraint(db: Db, finding: SchemaFinding, report: AdoptionReport): Promise<void> {
  const { owner, name, expected } = finding;
  await db.query('savepoint adding');
  try {
    await db.query(`alter table ${owner} add constraint ${name} ${expected}`);
    report.done.push(`added ${nameOf(finding)}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error;
    await db.query('rollback to savepoint adding');
    await db.query(`alter table ${owner} add constraint ${name} ${expected} not valid`);
    report.done.push(`added ${nameOf(finding)}, for new rows only`);
    report.odd.push(
      `rows of ${owner} point at nothing (${expected}): remove or correct them, then "alter table ${owner} validate constraint ${name}"`,
    );
  }
}

async function noteDifference(db: Db, finding: SchemaFinding, report: AdoptionReport): Promise<void> {
  const { kind, owner, name, expected, found, state } = finding;
  const what = nameOf(finding);
  if (kind !== 'column') {
    report.odd.push(
      `${what} ${state === 'disabled' ? 'is invalid' : `is "${found}" instead of "${expected}"`}; left as it is`,
    );
    return;
  }
  const [is, should] = [parseColumn(found), parseColumn(expected)];
  if (is.type !== should.type) report.odd.push(`${what} is ${is.type} instead of ${should.type}; it serves as well`);
  if (should.default !== undefined && is.default === undefined) {
    await addDefault(db, owner, name, should.default);
    report.done.push(`set the default of ${what} to ${should.default}`);
  } else if (is.default !== should.default) {
    report.odd.push(`${what} has ${is.default ? `the default ${is.default}` : 'no default'}; left as it is`);
  }
  if (is.isRequired && !should.isRequired) {
    report.odd.push(
      `${what} is NOT NULL, and writers may leave it out: "alter table ${owner} alter column ${name} drop not null"`,
    );
  }
  if (!is.isRequired && should.isRequired) report.odd.push(`${what} may be null here; left as it is`);
}

/** YE and JS call these sequences by name. */
async function addDefault(db: Db, owner: string, name: string, value: string): Promise<void> {
  const [, sequence] = /^nextval\('(\w+)'/.exec(value) ?? [];
  if (sequence) {
    await db.query(`create sequence if not exists ${sequence} as integer owned by ${owner}.${name}`);
    await db.query(`select setval('${sequence}', coalesce((select max(${name}) from ${owner}), 0) + 1, false)`);
  }
  await db.query(`alter table ${owner} alter column ${name} set default ${value}`);
}

function noteExtra(finding: SchemaFinding, report: AdoptionReport): void {
  const { kind, owner, name, found } = finding;
  const what = nameOf(finding);
  if (kind === 'column') {
    const column = parseColumn(found);
    if (column.isRequired && column.default === undefined) {
      report.odd.push(
        `${what} is extra, NOT NULL and without a default: every insert here will fail until "alter table ${owner} alter column ${name} set default …"`,
      );
      return;
    }
  }
  report.odd.push(`${what} is extra; left as it is`);
}
