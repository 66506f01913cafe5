import pg from 'pg';
import { lockMigrations, MigrationRefused } from '../migrate.js';
import { connectionConfig } from '../pool.js';
import { expectedSchema } from '../schema/expected.js';
import { dropCode, readContractCode, type ReplacedCode } from './replaced-code.js';

/**
 * Gives an adopted database back: the functions and triggers that stood there before stand there again, ours are gone
 * from `public`. Tables, rows and schema `pipeline` stay.
 * @throws MigrationRefused when nothing was adopted, or when our own processes still work there.
 */
export async function restore(databaseUrl: string): Promise<{ restored: string[] }> {
  const client = new pg.Client(connectionConfig({ url: databaseUrl, name: 'migrate' }));
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = '15s'`);
    await client.query('set local search_path to public');
    await lockMigrations(client);
    await refuseWhileRunning(client);
    const kept = await readKept(client);
    const ourTriggers = expectedSchema().filter(({ kind, owner }) => kind === 'trigger' && owner.startsWith('public.'));
    for (const { owner, name } of ourTriggers) await client.query(`drop trigger if exists "${name}" on ${owner}`);
    await dropCode(client, await readContractCode(client));

    for (const { definition } of kept.filter(({ kind }) => kind === 'function')) await client.query(definition);
    for (const trigger of kept.filter(({ kind }) => kind === 'trigger')) await putBack(client, trigger);
    await client.query('update pipeline.replaced_code set restored_at = clock_timestamp() where restored_at is null');
    const restored = kept.map(({ kind, name, owner }) => `${kind} ${name} (${owner})`);
    await client.query(`insert into pipeline.adoptions (action, report) values ('restored', $1)`, [
      JSON.stringify({ restored }),
    ]);
    await client.query('commit');
    return { restored };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/** The newest that was not ours: a version of ours that somebody had edited is not what was there before. */
async function readKept(client: pg.Client): Promise<ReplacedCode[]> {
  const { rows: there } = await client.query<{ exists: boolean }>(
    `select to_regclass('pipeline.replaced_code') is not null as exists`,
  );
  const { rows } = there[0]?.exists
    ? await client.query<ReplacedCode>(
        `select distinct on (kind, owner, name) kind, owner, name, definition, enabled from pipeline.replaced_code k
          where restored_at is null and definition not like '%pipeline.%'
            -- Ours is the only trigger of its name that is a constraint trigger or fires on inserts.
            and not (kind = 'trigger' and (definition like '%CONSTRAINT TRIGGER%' or definition like '%INSERT%'))
          order by kind, owner, name, replaced_id desc`,
      )
    : { rows: [] };
  if (rows.length > 0) return rows;
  throw new MigrationRefused(
    `Nothing was adopted in the database "${client.database}", so there is nothing to put back.`,
  );
}

async function refuseWhileRunning(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ who: string }>(
    `select distinct format('%s (pid %s)', application_name, pid) as who from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and application_name ~ '^feedlyai-(server|worker|stages|listener)'`,
  );
  if (rows.length === 0) return;
  throw new MigrationRefused(
    `This system still works on the database "${client.database}": ${rows.map(({ who }) => who).join(', ')}. Stop it first.`,
  );
}

async function putBack(client: pg.Client, { owner, name, definition, enabled }: ReplacedCode): Promise<void> {
  await client.query(definition);
  const mode = { D: 'disable', R: 'enable replica', A: 'enable always' }[enabled ?? 'O'];
  if (mode) await client.query(`alter table ${owner} ${mode} trigger "${name}"`);
}
