import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { migrate } from '../../src/db/migrate.js';
import { createPool, inTransaction, type Pool } from '../../src/db/pool.js';
import { readSchema } from '../../src/db/schema/catalog.js';
import { expectedSchema, functionSource, printSchema } from '../../src/db/schema/expected.js';
import { compareSchema, isTrouble, nameOf } from '../../src/db/schema-check.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.js';

const poolOf = ({ url }: TestDatabase): Pool =>
  createPool({ url, name: 'check', size: 2, log: pino({ level: 'silent' }) });

const liveSchema = (pool: Pool): Promise<string> =>
  inTransaction(pool, async (client) => {
    await client.query('set local search_path to public');
    return printSchema(await readSchema(client));
  });

const states = async (pool: Pool): Promise<string[]> =>
  (await compareSchema(pool)).map((finding) => `${finding.state}: ${nameOf(finding)}`);

let database: TestDatabase;
let pool: Pool;
beforeEach(async () => {
  database = await createTestDatabase();
  pool = poolOf(database);
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

describe('sql/schema.tsv', () => {
  it('says what the migrations leave (`npx vitest run --project db test/db/schema-check.test.ts -u` after a new one)', async () => {
    await expect(await liveSchema(pool)).toMatchFileSnapshot(path.join(packageRoot, 'sql', 'schema.tsv'));
  });

  it('is a round trip', () => {
    const text = readFileSync(path.join(packageRoot, 'sql', 'schema.tsv'), 'utf8');
    expect(printSchema(expectedSchema())).toBe(text);
  });

  it('names only functions whose newest text is found in the migrations', async () => {
    await inTransaction(pool, async (client) => {
      await client.query('set local search_path to public');
      const before = printSchema(await readSchema(client));
      for (const { owner, name } of expectedSchema().filter(({ kind }) => kind === 'function')) {
        await client.query(functionSource(owner, name));
      }
      expect(printSchema(await readSchema(client))).toBe(before);
    });
  });
});

describe('scenario 30: the schema check', () => {
  it('is green on a migrated database, and a second migration changes nothing', async () => {
    const empty = await createEmptyDatabase();
    const its = poolOf(empty);
    try {
      expect((await states(its))[0]).toBe('not applied: migration 0001_contract_tables');
      await migrate(empty.url);
      expect(await states(its)).toEqual([]);
      const before = await liveSchema(its);
      expect((await migrate(empty.url)).applied).toEqual([]);
      expect(await liveSchema(its)).toBe(before);
    } finally {
      await its.end();
      await empty.drop();
    }
  });

  it.each([
    ['drop trigger job_state_change_trigger on jobs', 'missing: trigger job_state_change_trigger on public.jobs'],
    [
      'alter table jobs_variants disable trigger job_variant_state_change_trigger',
      'disabled: trigger job_variant_state_change_trigger on public.jobs_variants',
    ],
    [
      `create or replace function check_all_variants_done() returns trigger language plpgsql as $$ begin return null; end $$`,
      'differs: function public.check_all_variants_done()',
    ],
    ['drop index idx_jobs_status', 'missing: index idx_jobs_status on public.jobs'],
    ['alter table gen_runs drop column plan_json_url', 'missing: column public.gen_runs.plan_json_url'],
    ['alter table jobs alter column version type integer using null', 'differs: column public.jobs.version'],
    ['alter table jobs alter column status drop default', 'differs: column public.jobs.status'],
    ['drop table renders', 'missing: table public.renders'],
    [
      'alter table evaluations drop constraint evaluations_pkey',
      'missing: constraint evaluations_pkey on public.evaluations',
    ],
    [
      'drop function pipeline.leave_event(text, uuid, uuid)',
      'missing: function pipeline.leave_event(event_kind text, job uuid, variant uuid)',
    ],
  ])('after "%s" it names what is wrong, with a remedy', async (statement, expected) => {
    await pool.query(statement);
    const findings = await compareSchema(pool);
    expect(findings.map((finding) => `${finding.state}: ${nameOf(finding)}`)).toEqual([expected]);
    expect(findings.every((finding) => isTrouble(finding) && finding.remedy !== '')).toBe(true);
  });

  it('mentions what is extra, and calls it no trouble', async () => {
    await pool.query(`
      create table test_assets (asset_id uuid primary key);
      alter table jobs add column note text;
      create function shout() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger shout after update on jobs for each row execute function shout()`);
    const findings = await compareSchema(pool);
    expect(findings.map((finding) => `${finding.state}: ${nameOf(finding)}`)).toEqual([
      'extra: column public.jobs.note',
      'extra: table public.test_assets',
      'extra: trigger shout on public.jobs',
    ]);
    expect(findings.filter(isTrouble)).toEqual([]);
  });

  it('takes a key or an index by another name for the same', async () => {
    await pool.query(`
      alter index idx_jobs_status rename to jobs_by_status;
      alter table stores rename constraint stores_user_id_fkey to stores_owner`);
    expect((await compareSchema(pool)).filter(isTrouble)).toEqual([]);
  });
});
