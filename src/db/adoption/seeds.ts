import type { ClientBase } from 'pg';
import { migrationText } from '../schema/expected.js';
import { readBlueprint, SEED_MIGRATION } from './blueprint.js';
import type { AdoptionReport } from './report.js';

type Db = Pick<ClientBase, 'query'>;

/** Rows of the embedded engines: theirs beside everybody else's, under ids of their own. */
const ENGINES = ['gen_models', 'llm_models'];
/** Content: where there is any, it is the shop's and stays the only one. */
const CONTENT = ['tone_styles', 'pbg_prompt_assets', 'pbg_placement_presets', 'vlm_prompt_assets'];

/**
 * Gives an adopted database the rows a new one starts with, where it has none. The seed is written into temporary
 * tables of the same names first, which unqualified names find before any other.
 */
export async function seedWhatIsMissing(db: Db, report: AdoptionReport): Promise<void> {
  for (const table of [...ENGINES, ...CONTENT]) {
    await db.query(`create temp table ${table} (like public.${table} including defaults) on commit drop`);
  }
  await db.query(migrationText(SEED_MIGRATION));
  const { columns } = readBlueprint();
  for (const table of [...ENGINES, ...CONTENT]) {
    const names = [...columns.keys()]
      .filter((key) => key.startsWith(`public.${table}.`))
      .map((key) => key.split('.')[2])
      .join(', ');
    const isWanted = [
      ...(CONTENT.includes(table) ? [`not exists (select from public.${table})`] : []),
      ...(table === 'pbg_prompt_assets' ? ['tone_style_id in (select tone_style_id from public.tone_styles)'] : []),
    ].join(' and ');
    const { rowCount } = await db.query(
      `insert into public.${table} (${names}) select ${names} from pg_temp.${table} ${isWanted && `where ${isWanted}`}
       on conflict do nothing`,
    );
    if (rowCount) report.done.push(`added ${rowCount} rows to public.${table}`);
    await db.query(`drop table pg_temp.${table}`);
  }
}
