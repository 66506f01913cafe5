import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { adopt } from '../../../src/db/adoption/adopt.js';
import { restore } from '../../../src/db/adoption/restore.js';
import { MigrationRefused, migrate } from '../../../src/db/migrate.js';
import { createPool, inTransaction, type Pool } from '../../../src/db/pool.js';
import { readSchema, type SchemaObject } from '../../../src/db/schema/catalog.js';
import { printSchema } from '../../../src/db/schema/expected.js';
import { compareSchema, isTrouble, nameOf } from '../../../src/db/schema-check.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.js';
import { createOriginalDatabase, originalTriggers, type TriggerVersion } from '../../support/original-database.js';

let database: TestDatabase;
let pool: Pool;
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

async function original(version: TriggerVersion = '1.3.0', ...statements: string[]): Promise<void> {
  database = await createOriginalDatabase(version, ...statements);
  pool = createPool({ url: database.url, name: 'test', size: 2, log: pino({ level: 'silent' }) });
}

const schema = (): Promise<SchemaObject[]> =>
  inTransaction(pool, async (client) => {
    await client.query('set local search_path to public');
    return readSchema(client);
  });
/** Functions and triggers of `public`, by definition and whether they fire. */
const code = async (): Promise<SchemaObject[]> =>
  (await schema()).filter(({ kind, owner }) => ['function', 'trigger'].includes(kind) && owner.startsWith('public'));
const trouble = async (): Promise<string[]> =>
  (await compareSchema(pool)).filter(isTrouble).map((finding) => `${finding.state}: ${nameOf(finding)}`);

const JOB = `
  insert into tenants (tenant_id) values ('shop');
  insert into jobs (tenant_id, current_step, status) values ('shop', 'planner', 'running');
  insert into jobs_variants (job_id, creation_order, current_step, status) select job_id, 1, 'planner', 'done' from jobs`;

describe.each(['1.0.0', '1.3.0'] as const)('a database with triggers %s', (version) => {
  it('is refused by migrate, which names the remedy', async () => {
    await original(version, JOB);
    const before = printSchema(await schema());
    await expect(migrate(database.url)).rejects.toThrow(/npm run migrate -- --adopt/);
    expect(printSchema(await schema())).toBe(before);
  });

  it('is taken over: what was missing is there, rows stay, old code is kept, and once more changes nothing', async () => {
    await original(version, JOB);
    const rowsBefore = (await pool.query('select * from jobs_variants')).rows;
    const report = await adopt(database.url);
    expect(report.done).toContain('added column public.gen_runs.plan_json_url');
    expect(report.odd).toEqual([]);
    expect(await compareSchema(pool)).toEqual([]);
    expect((await pool.query('select * from jobs_variants')).rows).toEqual(rowsBefore);
    const kept = await pool.query('select kind, name from pipeline.replaced_code order by kind, name');
    expect(kept.rows.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'function check_all_variants_done()',
      'function notify_job_state_change()',
      'function notify_job_variant_state_change()',
      'trigger check_all_variants_done_trigger',
      'trigger job_state_change_trigger',
      'trigger job_variant_state_change_trigger',
    ]);

    const after = printSchema(await schema());
    const counts = () =>
      pool.query(`select (select count(*) from pipeline.replaced_code) as kept, (select count(*) from pipeline.adoptions) as told,
        (select count(*) from pbg_placement_presets) as presets, (select adopted_at from pipeline.settings) as since`);
    const countsBefore = (await counts()).rows;
    expect(await adopt(database.url)).toEqual({ applied: [], done: [], odd: [] });
    expect(printSchema(await schema())).toBe(after);
    expect((await counts()).rows).toEqual(countsBefore);
    expect((await migrate(database.url)).applied).toEqual([]);
  });

  it('is given back as it was, and may be taken over again', async () => {
    await original(version, JOB, 'alter table jobs disable trigger job_state_change_trigger');
    const before = await code();
    await adopt(database.url);
    expect(await code()).not.toEqual(before);
    expect((await restore(database.url)).restored).toHaveLength(6);
    expect(await code()).toEqual(before);

    await expect(migrate(database.url)).rejects.toThrow(/given back by "migrate --restore"/);
    await expect(restore(database.url)).rejects.toThrow(/nothing to put back/);
    await adopt(database.url);
    expect(await trouble()).toEqual([]);
    await restore(database.url);
    expect(await code()).toEqual(before);
  });
});

it('what somebody did to ours in between, or took away before, does not come back', async () => {
  await original();
  const before = await code();
  await adopt(database.url);
  const kept = async () =>
    (await pool.query('select replaced_id as id, restored_at from pipeline.replaced_code order by replaced_id')).rows;
  const first = await kept();
  // The trigger files applied again are the same code once more; an edited function and a disabled trigger are ours.
  await pool.query(`
    drop function notify_job_state_change(), notify_job_variant_state_change(), check_all_variants_done() cascade;
    ${originalTriggers('1.3.0')}`);
  await adopt(database.url);
  expect(await kept()).toEqual(first);
  await pool.query(`
    create or replace function public.check_all_variants_done() returns trigger language plpgsql as $$
    begin perform pipeline.aggregate_job(new.job_id); return null; end $$;
    alter table jobs_variants disable trigger check_all_variants_done_trigger`);
  await adopt(database.url);
  await restore(database.url);
  expect(await code()).toEqual(before);

  const given = await kept();
  await pool.query('drop trigger job_state_change_trigger on jobs');
  const without = await code();
  await adopt(database.url);
  await restore(database.url);
  expect(await code()).toEqual(without);
  // When something was given back is not written over.
  expect((await kept()).slice(0, given.length)).toEqual(given);
});

describe('drift made by hand', () => {
  it.each([
    [
      'a missing index',
      'drop index idx_jobs_status_retry_count',
      'added index idx_jobs_status_retry_count on public.jobs',
    ],
    ['a missing table', 'drop table renders', 'added table public.renders'],
    [
      'a missing column',
      'alter table jobs_variants drop column retry_count',
      'added column public.jobs_variants.retry_count',
    ],
    ['a missing serial', 'alter table jobs drop column pk', 'added column public.jobs.pk'],
    [
      'a missing foreign key',
      'alter table image_assets drop constraint image_assets_job_id_fkey',
      'added constraint image_assets_job_id_fkey on public.image_assets',
    ],
    [
      'a missing default',
      'alter table jobs alter column status drop default',
      `set the default of column public.jobs.status to 'queued'::text`,
    ],
    [
      'a missing sequence',
      'alter table stores alter column pk drop default; drop sequence stores_pk_seq',
      `set the default of column public.stores.pk to nextval('stores_pk_seq'::regclass)`,
    ],
    [
      'a missing trigger',
      'drop trigger job_state_change_trigger on jobs',
      'replaced function notify_job_state_change() (public); the old one is kept',
    ],
    [
      'no code at all',
      `drop function notify_job_state_change() cascade; drop function notify_job_variant_state_change() cascade;
       drop function check_all_variants_done() cascade`,
      'added column public.gen_runs.plan_json_url',
    ],
  ])('%s is put right', async (_, statement, done) => {
    await original('1.3.0', JOB, statement);
    const report = await adopt(database.url);
    expect(report.done).toContain(done);
    expect(await trouble()).toEqual([]);
    expect((await adopt(database.url)).done).toEqual([]);
  });

  it('a serial that was missing counts on from the rows that are there', async () => {
    await original('1.3.0', JOB, 'alter table tenants alter column pk drop default; drop sequence tenants_pk_seq');
    await adopt(database.url);
    const { rows } = await pool.query(`insert into tenants (tenant_id) values ('second') returning pk`);
    expect(rows).toEqual([{ pk: 2 }]);
  });

  it.each([
    [
      'a table',
      'create table test_assets (asset_id uuid primary key)',
      'table public.test_assets is extra; left as it is',
    ],
    ['a column', 'alter table jobs add column note text', 'column public.jobs.note is extra; left as it is'],
    [
      'a column that every writer must fill',
      'alter table renders add column kind text not null',
      expect.stringContaining('column public.renders.kind is extra, NOT NULL and without a default'),
    ],
    ['an index', 'create index mine on jobs (version)', 'index mine on public.jobs is extra; left as it is'],
    [
      'a wider text',
      'alter table image_assets alter column image_type type text',
      'column public.image_assets.image_type is text instead of character varying(50); it serves as well',
    ],
  ])('%s that is extra is left and told', async (_, statement, odd) => {
    await original('1.3.0', statement);
    expect((await adopt(database.url)).odd).toEqual([odd]);
  });

  it('rows that point at nothing do not stop the key for new ones', async () => {
    await original(
      '1.3.0',
      'alter table image_assets drop constraint image_assets_job_id_fkey',
      `insert into image_assets (image_url, job_id) values ('/assets/x.png', uuid_generate_v4())`,
    );
    const report = await adopt(database.url);
    expect(report.odd).toEqual([expect.stringContaining('rows of public.image_assets point at nothing')]);
    await expect(
      pool.query(`insert into image_assets (image_url, job_id) values ('/assets/y.png', uuid_generate_v4())`),
    ).rejects.toThrow(/foreign key/);
  });

  it('a foreign trigger stays, still works and is named; the same code under another name is not foreign', async () => {
    await original(
      '1.3.0',
      `create table seen (job_id uuid);
       create function note_job() returns trigger language plpgsql as $$
         begin insert into public.seen values (new.job_id); return new; end $$;
       create trigger zz_note_job after update on jobs for each row execute function note_job();
       create trigger aggregation_again after update on jobs_variants for each row execute function check_all_variants_done()`,
      JOB,
    );
    const report = await adopt(database.url);
    expect(report.odd).toContainEqual(
      expect.stringContaining('trigger zz_note_job on public.jobs is not of this system'),
    );
    expect((await code()).map(({ name }) => name)).toContain('zz_note_job');
    expect((await code()).map(({ name }) => name)).not.toContain('aggregation_again');
    await pool.query(`update jobs set version = '2'`);
    expect((await pool.query('select from seen')).rowCount).toBe(1);
    expect((await restore(database.url)).restored).toContain('trigger aggregation_again (public.jobs_variants)');
  });

  it('content that is there stays the only one; the engines’ own rows come beside', async () => {
    await original('1.3.0', `insert into tone_styles (code, eng_name) values ('ours', 'Ours')`);
    await adopt(database.url);
    expect((await pool.query('select code from tone_styles')).rows).toEqual([{ code: 'ours' }]);
    expect((await pool.query('select name from gen_models')).rows).toEqual([{ name: 'local-composer' }]);
    expect((await pool.query('select from pbg_placement_presets')).rowCount).toBe(24);
  });
});

describe('what must be put right first', () => {
  it('is named, each with its remedy, and nothing is changed', async () => {
    await original(
      '1.3.0',
      JOB,
      `alter table jobs alter column retry_count type text using retry_count::text;
       alter table evaluations drop constraint evaluations_pkey;
       alter table jobs_variants drop column creation_order;
       alter table yolo_runs drop constraint yolo_runs_job_id_key;
       insert into yolo_runs (job_id) select job_id from jobs; insert into yolo_runs (job_id) select job_id from jobs`,
    );
    const before = printSchema(await schema());
    const refusal: Error = await adopt(database.url).then(
      () => new Error('was adopted'),
      (error) => error,
    );
    expect(refusal).toBeInstanceOf(MigrationRefused);
    expect(refusal.message).toContain(
      'column public.jobs.retry_count is text, must be integer: "alter table public.jobs',
    );
    expect(refusal.message).toContain(
      'public.evaluations has no primary key: "alter table public.evaluations add primary key',
    );
    expect(refusal.message).toContain('column public.jobs_variants.creation_order is missing');
    expect(refusal.message).toContain('public.yolo_runs holds rows that are equal in job_id');
    expect(refusal.message.split('\n')).toHaveLength(5);
    expect(printSchema(await schema())).toBe(before);
  });

  it('includes whoever holds the tables: adoption gives up, changes nothing, and says so', async () => {
    await original('1.3.0', JOB);
    const holder = await pool.connect();
    try {
      await holder.query('begin; lock table jobs in access exclusive mode');
      await expect(adopt(database.url, { lockTimeout: '100ms' })).rejects.toThrow(/Somebody held a lock/);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    expect((await pool.query(`select to_regnamespace('pipeline') as schema`)).rows).toEqual([{ schema: null }]);
  });
});

it('a role that does not own the tables is told so', async () => {
  await original('1.3.0', JOB);
  const role = `guest_${randomBytes(4).toString('hex')}`;
  await pool.query(
    `create role ${role} login password 'guest'; grant select on all tables in schema public to ${role}`,
  );
  const url = new URL(database.url);
  url.username = role;
  url.password = 'guest';
  await expect(adopt(url.toString())).rejects.toThrow(/must be owner of .*; nothing was changed\. Adopt as the role/);
  await pool.query(`drop owned by ${role}; drop role ${role}`);
});

describe('a database that is ours', () => {
  it('is put right after the original’s trigger files were applied over it, and keeps what they left', async () => {
    await original('1.3.0');
    await adopt(database.url);
    await pool.query(`
      create or replace function notify_job_state_change() returns trigger language plpgsql as $$ begin return new; end $$;
      drop trigger check_all_variants_done_trigger on jobs_variants;
      create trigger check_all_variants_done_trigger after update on jobs_variants
        for each row execute function check_all_variants_done();
      alter table jobs_variants disable trigger job_variant_state_change_trigger`);
    const report = await adopt(database.url);
    expect(report.done.toSorted()).toEqual([
      'put right function public.notify_job_state_change()',
      'put right trigger check_all_variants_done_trigger on public.jobs_variants',
      'put right trigger job_variant_state_change_trigger on public.jobs_variants',
    ]);
    expect(await compareSchema(pool)).toEqual([]);
    expect((await adopt(database.url)).done).toEqual([]);
  });

  it('that was new from the start has nothing to give back', async () => {
    database = await createEmptyDatabase();
    pool = createPool({ url: database.url, name: 'test', size: 1, log: pino({ level: 'silent' }) });
    await migrate(database.url);
    expect(await adopt(database.url)).toEqual({ applied: [], done: [], odd: [] });
    await expect(restore(database.url)).rejects.toThrow(/nothing to put back/);
    expect(await trouble()).toEqual([]);
  });

  it('is not given back while its own processes work there', async () => {
    await original('1.3.0');
    await adopt(database.url);
    const worker = createPool({ url: database.url, name: 'worker', size: 1, log: pino({ level: 'silent' }) });
    try {
      await worker.query('select 1');
      await expect(restore(database.url)).rejects.toThrow(/feedlyai-worker \(pid \d+\)\. Stop it first/);
    } finally {
      await worker.end();
    }
  });
});
