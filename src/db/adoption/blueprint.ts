import { migrationText } from '../schema/expected.js';

/** The contract's tables as the first migration makes them, statement by statement and column by column. */
export interface Blueprint {
  /** `public.jobs` → its `create table`. */
  tables: Map<string, string>;
  /** `public.jobs.status` → what follows the column's name: type, default, keys. */
  columns: Map<string, string>;
  indexes: Set<string>;
}

export const FIRST_MIGRATION = '0001_contract_tables';
export const SEED_MIGRATION = '0002_seed';

/** Reads the first migration, which is never edited: a column a line, a statement per semicolon. */
export function readBlueprint(): Blueprint {
  const statements = migrationText(FIRST_MIGRATION)
    .replaceAll(/^\s*--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim());
  const tables = new Map<string, string>();
  const columns = new Map<string, string>();
  const indexes = new Set<string>();
  for (const statement of statements) {
    const [, table, body] = /^create table (\w+) \(\n(.*)\n\)/s.exec(statement) ?? [];
    if (table && body) {
      tables.set(`public.${table}`, statement);
      for (const line of body.split('\n')) {
        const [, column, definition] = /^ {2}(\w+) (.*?),?$/.exec(line) ?? [];
        if (column && definition) columns.set(`public.${table}.${column}`, definition);
      }
    }
    const [, index] = /^create index (\w+)/.exec(statement) ?? [];
    if (index) indexes.add(index);
  }
  return { tables, columns, indexes };
}
