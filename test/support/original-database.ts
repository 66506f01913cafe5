import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { packageRoot } from '../../src/config/package-root.js';
import { createEmptyDatabase, type TestDatabase } from './database.js';

export type TriggerVersion = '1.0.0' | '1.3.0';

const read = (...parts: string[]): string => readFileSync(path.join(packageRoot, ...parts), 'utf8');

/** The contract's tables as published: without the column that only YE's code knows. */
const publishedTables = (): string => {
  const text = read('sql', '0001_contract_tables.sql').replace(/,\n {2}plan_json_url text\n/, '\n');
  if (text.includes('plan_json_url text')) throw new Error('the published gen_runs has no plan_json_url');
  return text;
};

/** The original's trigger file, for a database that has none of its functions. */
export const originalTriggers = (version: TriggerVersion): string =>
  read('test', 'db', 'adoption', `triggers-${version}.sql`);

/** A database as the original's files leave it, with its triggers and nothing of ours; then `statements` on top. */
export async function createOriginalDatabase(version: TriggerVersion, ...statements: string[]): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(publishedTables());
    await client.query(originalTriggers(version));
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
  return database;
}
