import pg from 'pg';
import { findForeignListeners } from '../foreign-listeners.js';
import { lastAdoption, lockMigrations, MigrationRefused, runMigrations } from '../migrate.js';
import { connectionConfig } from '../pool.js';
import { readSchema } from '../schema/catalog.js';
import { expectedSchema } from '../schema/expected.js';
import { compareObjects } from '../schema-check.js';
import { FIRST_MIGRATION, SEED_MIGRATION } from './blueprint.js';
import { completeTables, findObstacles, findTableDrift } from './complete-tables.js';
import { dropCode, keepCode, readContractCode, repairCode } from './replaced-code.js';
import type { AdoptionReport } from './report.js';
import { seedWhatIsMissing } from './seeds.js';
import { takeStock } from './stock.js';

/** A live writer may hold a row for a while; waiting longer would make everybody behind us wait as well. */
const LOCK_TIMEOUT = '15s';

/**
 * Takes over a database that holds the contract's tables, made by whomever, in one transaction: adds what is missing,
 * replaces the contract's functions and triggers and keeps what stood there, drops nothing that holds data. On a
 * database that is ours already it puts right what was changed by hand. Done twice, the second time changes nothing.
 * @throws MigrationRefused naming everything that must be put right by hand first; then nothing has changed.
 */
export async function adopt(
  databaseUrl: string,
  { lockTimeout = LOCK_TIMEOUT }: { lockTimeout?: string } = {},
): Promise<AdoptionReport> {
  const client = new pg.Client(connectionConfig({ url: databaseUrl, name: 'migrate' }));
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = '${lockTimeout}'`);
    await lockMigrations(client);
    await client.query('create extension if not exists "uuid-ossp"');
    await client.query(await searchPath(client));
    const report = await adoptWithin(client);
    await client.query('commit');
    return report;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw inWords(error as pg.DatabaseError, lockTimeout);
  } finally {
    await client.end();
  }
}

/** What a person can do about it; anything else as it is. */
function inWords(error: pg.DatabaseError, lockTimeout: string): Error {
  if (error.code === '55P03') {
    return new MigrationRefused(
      `Somebody held a lock on the tables for longer than ${lockTimeout}; nothing was changed. Stop the other services ` +
        'or wait for their transactions to end, then try again.',
    );
  }
  if (error.code === '42501') {
    return new MigrationRefused(
      `${error.message}; nothing was changed. Adopt as the role that owns the tables and may create a schema here.`,
    );
  }
  return error;
}

/** `public`, and where the extension lives: managed databases keep it elsewhere. */
async function searchPath(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ home: string }>(
    `select quote_ident(n.nspname) as home from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'uuid-ossp'`,
  );
  const home = rows[0]?.home ?? 'public';
  return `set local search_path to public${home === 'public' ? '' : `, ${home}`}`;
}

async function adoptWithin(client: pg.Client): Promise<AdoptionReport> {
  const report: AdoptionReport = { applied: [], done: [], odd: [] };
  const expected = expectedSchema();
  const { rows } = await client.query<{ isOurs: boolean }>(
    `select to_regclass('pipeline.migrations') is not null as "isOurs"`,
  );
  const isOurs = rows[0]?.isOurs ?? false;

  const obstacles = await findObstacles(client, await findTableDrift(client, expected));
  if (obstacles.length > 0) {
    throw new MigrationRefused(
      `The database "${client.database}" cannot be adopted as it is; nothing was changed. Put right first:\n` +
        obstacles.map((line) => `  ${line}`).join('\n'),
    );
  }
  await completeTables(client, expected, report);
  if (!isOurs) {
    const stood = await readContractCode(client);
    await dropCode(client, stood);
    await beginAfterTables(client);
    await seedWhatIsMissing(client, report);
    report.applied = await runMigrations(client, { joinsTransaction: true });
    await keepCode(client, stood);
    report.done.push(
      ...stood.map(({ kind, owner, name }) => `replaced ${kind} ${name} (${owner}); the old one is kept`),
    );
  } else {
    report.applied = await runMigrations(client, { joinsTransaction: true });
  }
  await repairCode(client, compareObjects(await readSchema(client), expected), report);
  // Between a restoration and now the rows moved without us.
  if (!isOurs || (await lastAdoption(client)) === 'restored') await takeStock(client, report);
  await mentionWhatIsLeft(client, report);
  if (report.applied.length + report.done.length > 0) {
    await client.query(`insert into pipeline.adoptions (action, report) values ('adopted', $1)`, [
      JSON.stringify(report),
    ]);
  }
  return report;
}

/** The tables and their seed are there: the migrations that make them count as applied. */
async function beginAfterTables(client: pg.Client): Promise<void> {
  await client.query('create schema pipeline');
  // As node-pg-migrate makes it.
  await client.query(
    'create table pipeline.migrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)',
  );
  for (const name of [FIRST_MIGRATION, SEED_MIGRATION]) {
    await client.query('insert into pipeline.migrations (name, run_on) values ($1, now())', [name]);
  }
}

/** Foreign triggers and listeners work on beside us; whoever adopts should know of them. */
async function mentionWhatIsLeft(client: pg.Client, report: AdoptionReport): Promise<void> {
  for (const { kind, owner, name, found, state } of compareObjects(await readSchema(client), expectedSchema())) {
    if (kind === 'trigger' && state === 'extra') {
      report.odd.push(`trigger ${name} on ${owner} is not of this system and was left as it is: ${found}`);
    } else if (owner.startsWith('pipeline') && kind !== 'function') {
      report.odd.push(
        `${kind} ${owner}.${name} of the pipeline's own schema ${state === 'extra' ? 'is extra' : 'was altered'}`,
      );
    }
  }
  const listeners = await findForeignListeners(client);
  report.odd.push(...listeners.found.map(({ words }) => words));
}
