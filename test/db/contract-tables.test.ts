import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.js';
import { createTestDatabase } from '../support/database.js';

/** Written by hand from the contract, not from the migration: `!` marks NOT NULL, serial pk and primary keys included. */
const contractColumns = {
  jobs: `
    job_id uuid !, tenant_id character varying(255), store_id uuid, status text, current_step text, version text,
    retry_count integer, pk integer !, created_at timestamp with time zone, updated_at timestamp with time zone`,
  jobs_variants: `
    job_variants_id uuid !, job_id uuid, img_asset_id uuid, creation_order integer !, selected boolean, status text,
    current_step text, retry_count integer, overlaid_img_asset_id uuid, pk integer !,
    created_at timestamp with time zone, updated_at timestamp with time zone`,
  image_assets: `
    image_asset_id uuid !, image_type character varying(50), image_url text !, mask_url text, width integer,
    height integer, creator_id uuid, tenant_id character varying(255), job_id uuid, pk integer !,
    created_at timestamp with time zone, updated_at timestamp with time zone`,
  instagram_feeds: `
    instagram_feed_id uuid !, job_id uuid, llm_trace_id uuid, overlay_id uuid, tenant_id character varying(255) !,
    refined_ad_copy_eng text !, ad_copy_kor text, tone_style text !, product_description text !, gpt_prompt text !,
    instagram_ad_copy text !, hashtags text !, used_temperature double precision, used_max_tokens integer,
    latency_ms double precision, pk integer !, created_at timestamp with time zone,
    updated_at timestamp with time zone`,
  txt_ad_copy_generations: `
    ad_copy_gen_id uuid !, job_id uuid !, llm_trace_id uuid, generation_stage text !, ad_copy_kor text,
    ad_copy_eng text, refined_ad_copy_eng text, status text, pk integer !, created_at timestamp with time zone,
    updated_at timestamp with time zone`,
};

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;

const rows = async <Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  (await client.query<Row>(sql, parameters)).rows;

/** The values of the one column `value`, in the order of the query. */
const values = async (sql: string, parameters: unknown[] = []): Promise<unknown[]> =>
  (await rows<{ value: unknown }>(sql, parameters)).map((row) => row.value);

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

test('public holds as many tables, keys and indexes as the contract counts', async () => {
  const [counts] = await rows(`
    with constraints as (select contype from pg_constraint where connamespace = 'public'::regnamespace),
         -- Ours bear our name: the contract counts its own.
         indexes as (select relname from pg_class where relkind = 'i' and relnamespace = 'public'::regnamespace
                       and not starts_with(relname, 'pipeline_'))
    select (select count(*)::int from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace) as tables,
           (select count(*)::int from constraints where contype = 'f') as foreign_keys,
           (select count(*)::int from constraints where contype = 'p') as primary_keys,
           (select count(*)::int from constraints where contype = 'u') as unique_constraints,
           (select count(*)::int from indexes) as indexes,
           (select count(*)::int from indexes where starts_with(relname, 'idx_')) as named_indexes`);
  expect(counts).toEqual({
    tables: 27,
    foreign_keys: 48,
    primary_keys: 27,
    unique_constraints: 3,
    indexes: 131,
    named_indexes: 101,
  });
});

test('the indexes whose names leave the pattern, and those that are GIN, are the contract’s', async () => {
  const exceptions = [
    'idx_detections_image_id',
    'idx_evaluations_type',
    'idx_llm_traces_created_at_tokens',
    'idx_planner_proposals_image_id',
    'idx_txt_ad_copy_generations_job_id_stage',
    'idx_vlm_traces_job_id_variants_id',
  ];
  expect(
    await values(
      `select relname::text as value from pg_class
       where relkind = 'i' and relnamespace = 'public'::regnamespace and relname::text = any ($1)
       order by relname collate "C"`,
      [exceptions],
    ),
  ).toEqual(exceptions);
  expect(
    await values(
      `select c.relname::text as value from pg_class c join pg_am a on a.oid = c.relam
       where a.amname = 'gin' and c.relnamespace = 'public'::regnamespace order by c.relname collate "C"`,
    ),
  ).toEqual([
    'idx_detections_box',
    'idx_evaluations_metrics',
    'idx_gen_models_defaults',
    'idx_llm_traces_request',
    'idx_llm_traces_response',
    'idx_llm_traces_token_usage',
    'idx_pbg_prompt_assets_negative_prompt',
    'idx_pbg_prompt_assets_prompt',
    'idx_planner_proposals_layout',
    'idx_vlm_prompt_assets_prompt',
    'idx_vlm_traces_request',
    'idx_vlm_traces_response',
  ]);
});

test('only the six keys the contract names do something on delete', async () => {
  expect(
    await values(
      `select format('%s -> %s %s', conrelid::regclass, confrelid::regclass, confdeltype) collate "C" as value
       from pg_constraint
       where connamespace = 'public'::regnamespace and contype = 'f' and confdeltype <> 'a' order by 1`,
    ),
  ).toEqual([
    'instagram_feeds -> llm_traces n',
    'llm_traces -> llm_models n',
    'txt_ad_copy_generations -> jobs c',
    'txt_ad_copy_generations -> llm_traces n',
    'vlm_traces -> jobs_variants n',
    'vlm_traces -> vlm_prompt_assets n',
  ]);
});

test.each([
  'image_assets',
  'gen_runs',
  'gen_variants',
  'pbg_prompt_assets',
  'tenants',
  'users',
  'tone_styles',
  'stores',
  'job_inputs',
  'txt_ad_copy_generations',
  'instagram_feeds',
])('%s_pk_seq is the sequence of its pk', async (table) => {
  expect(await values(`select pg_get_serial_sequence($1, 'pk') as value`, [table])).toEqual([`public.${table}_pk_seq`]);
});

test.each(Object.entries(contractColumns))('%s has the columns and types of the contract', async (table, listing) => {
  const actual = await values(
    `select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' !' else '' end as value
     from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [`public.${table}`],
  );
  expect(actual.toSorted()).toEqual(
    listing
      .split(/,\s+/)
      .map((column) => column.trim())
      .toSorted(),
  );
});

test('gen_runs has the column that only YE’s code knows', async () => {
  expect(
    await values(
      `select data_type as value from information_schema.columns
       where table_schema = 'public' and table_name = 'gen_runs' and column_name = 'plan_json_url'`,
    ),
  ).toEqual(['text']);
});

test('a row with nothing but its required columns gets the contract’s defaults', async () => {
  await client.query('begin');
  try {
    const [job] = await rows<{ job_id: string }>(
      'insert into public.jobs default values returning job_id, status, current_step, retry_count, created_at is not null as dated',
    );
    expect(job).toMatchObject({ status: 'queued', current_step: null, retry_count: 0, dated: true });
    const [variant] = await rows(
      `insert into public.jobs_variants (job_id, creation_order) values ($1, 1)
       returning status, current_step, retry_count, selected`,
      [job?.job_id],
    );
    expect(variant).toEqual({ status: 'queued', current_step: 'vlm_analyze', retry_count: 0, selected: false });
  } finally {
    await client.query('rollback');
  }
});

test('each of the eight styles has one v1 prompt and three differing presets within the published ranges', async () => {
  const styles = await rows(`
    select eng_name as type,
           (select count(*)::int from public.pbg_prompt_assets a
            where a.tone_style_id = s.tone_style_id and a.prompt_type = s.eng_name and a.prompt_version = 'v1'
              and a.prompt ->> 'en' <> '' and a.negative_prompt ->> 'en' <> '') as prompts,
           (select array_agg(p.preset_order order by p.preset_order) from public.pbg_placement_presets p
            where p.prompt_type = s.eng_name and p.x between 0.45 and 0.55 and p.y between 0.48 and 0.70
              and p.size between 0.68 and 0.90 and p.rotation = 0) as presets
    from public.tone_styles s order by eng_name collate "C"`);
  expect(styles).toEqual(
    [
      'Behind the Scenes / Authenticity',
      'Emotion / Comfort',
      'Hero Dish Focus',
      'Lifestyle Integration',
      'Minimalist Branding',
      'Retro / Vintage / Storytelling',
      'Seasonal / Limited Time',
      'UGC / Social Proof',
    ].map((type) => ({ type, prompts: 1, presets: [1, 2, 3] })),
  );
  expect(await values('select count(*)::int as value from public.pbg_placement_presets')).toEqual([24]);
  // "Differ" as an eye sees it on 1080 pixels: more than 50 pixels in place and size together.
  expect(
    await rows(`
      select a.prompt_type, a.preset_order, b.preset_order as other
      from public.pbg_placement_presets a
      join public.pbg_placement_presets b on b.prompt_type = a.prompt_type and b.preset_order > a.preset_order
      where abs(a.x - b.x) + abs(a.y - b.y) + abs(a.size - b.size) < 0.05`),
  ).toEqual([]);
});

test('the embedded engines and YE’s vision prompt are seeded under ids that are the same everywhere', async () => {
  expect(await rows('select name, repo, version from public.gen_models')).toEqual([
    { name: 'local-composer', repo: 'feedlyai-pipeline', version: '1' },
  ]);
  expect(await rows('select model_name, provider, is_active from public.llm_models')).toEqual([
    { model_name: 'template-copy', provider: 'local-template', is_active: 'true' },
  ]);
  expect(
    await rows(`select prompt_type, prompt_version, prompt ->> 'en' <> '' as english from public.vlm_prompt_assets`),
  ).toEqual([{ prompt_type: 'gpt', prompt_version: 'v1', english: true }]);
  expect(
    await values(`select tone_style_id as value from public.tone_styles where eng_name = 'Hero Dish Focus'`),
  ).toEqual(['4b507b22-54ca-5237-9420-46f1dcc3fb93']);
});

test('a second migration applies nothing', async () => {
  expect(await migrate(database.url)).toEqual({ applied: [] });
});
