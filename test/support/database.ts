import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  name: string;
  drop(): Promise<void>;
}

const asAdmin = async (...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

const createDatabase = async (prefix: string, copyOf: string): Promise<TestDatabase> => {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await asAdmin(
    `create database ${name} template ${copyOf} strategy wal_log`,
    // A copy does not inherit the template's settings.
    `alter database ${name} set timezone to 'Asia/Seoul'`,
  );
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { url: url.toString(), name, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
};

/** A database of the caller's own with all migrations applied and no rows but the seeded ones (about 40 ms). */
export const createTestDatabase = (): Promise<TestDatabase> => createDatabase('test', inject('templateDatabase'));

/** A database with nothing in it, for tests of the migrations themselves. */
export const createEmptyDatabase = (): Promise<TestDatabase> => createDatabase('empty', 'template1');
