import type { ClientBase } from 'pg';
import { functionSource } from '../schema/expected.js';
import { nameOf, type SchemaFinding } from '../schema-check.js';
import type { AdoptionReport } from './report.js';

type Db = Pick<ClientBase, 'query'>;

/** Functions and triggers that stand under the contract's names; other parts' code has other names and is left alone. */
export const CONTRACT_FUNCTIONS = [
  'notify_job_state_change',
  'notify_job_variant_state_change',
  'check_all_variants_done',
];
const CONTRACT_TRIGGERS = [
  'job_state_change_trigger',
  'job_variant_state_change_trigger',
  'check_all_variants_done_trigger',
];

export interface ReplacedCode {
  kind: 'function' | 'trigger';
  owner: string;
  name: string;
  definition: string;
  enabled: string | null;
}

/** A trigger under another name that runs one of the contract's functions is the same code applied twice. */
const TRIGGERS = `
  select 'trigger' as kind, format('%s.%s', n.nspname, c.relname) as owner, g.tgname::text as name,
         pg_get_triggerdef(g.oid) as definition, g.tgenabled::text as enabled
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_proc p on p.oid = g.tgfoid join pg_namespace pn on pn.oid = p.pronamespace
   where not g.tgisinternal and n.nspname = 'public'
     and ((c.relname in ('jobs', 'jobs_variants') and g.tgname = any ($2))
          or (pn.nspname = 'public' and p.proname = any ($1)))`;

const FUNCTIONS = `
  select * from (
    select 'function' as kind, p.pronamespace::regnamespace::text as owner,
           format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) as name,
           pg_get_functiondef(p.oid) as definition, null as enabled
      from pg_proc p where p.pronamespace in ('public'::regnamespace, to_regnamespace('pipeline')) and p.prokind = 'f') f`;

/** What stands there now. */
export async function readContractCode(db: Db): Promise<ReplacedCode[]> {
  const functions = await db.query<ReplacedCode>(`${FUNCTIONS} where owner = 'public' and name = any ($1)`, [
    CONTRACT_FUNCTIONS.map((name) => `${name}()`),
  ]);
  const triggers = await db.query<ReplacedCode>(TRIGGERS, [CONTRACT_FUNCTIONS, CONTRACT_TRIGGERS]);
  return [...functions.rows, ...triggers.rows];
}

const readFunction = async (db: Db, owner: string, name: string): Promise<ReplacedCode[]> =>
  (await db.query<ReplacedCode>(`${FUNCTIONS} where owner = $1 and name = $2`, [owner, name])).rows;

/** Takes it away: triggers first, because they hold their functions. */
export async function dropCode(db: Db, code: ReplacedCode[]): Promise<void> {
  for (const { owner, name } of code.filter(({ kind }) => kind === 'trigger')) {
    await db.query(`drop trigger "${name}" on ${owner}`);
  }
  for (const { owner, name } of code.filter(({ kind }) => kind === 'function')) {
    await db.query(`drop function ${owner}.${name}`);
  }
}

/** Keeps it; what is kept already, word for word, is kept once. */
export async function keepCode(db: Db, code: ReplacedCode[]): Promise<void> {
  await db.query(
    `insert into pipeline.replaced_code (kind, owner, name, definition, enabled)
     select kind, owner, name, definition, enabled
       from jsonb_to_recordset($1) as c (kind text, owner text, name text, definition text, enabled text)
      where not exists (select from pipeline.replaced_code k
                         where (k.kind, k.owner, k.name, k.definition) = (c.kind, c.owner, c.name, c.definition)
                           and k.enabled is not distinct from c.enabled and k.restored_at is null)`,
    [JSON.stringify(code)],
  );
}

/**
 * Puts our functions and triggers right where somebody changed, disabled or dropped them, for instance by applying the
 * original's trigger files again; what stood there is kept.
 */
export async function repairCode(db: Db, findings: SchemaFinding[], report: AdoptionReport): Promise<void> {
  const before = await readContractCode(db);
  for (const finding of findings) {
    const { kind, owner, name, state, expected } = finding;
    const stood = before.filter((code) => code.kind === kind && code.owner === owner && code.name === name);
    if (kind === 'function' && state !== 'extra') {
      await keepCode(db, await readFunction(db, owner, name));
      await db.query(functionSource(owner, name));
    } else if (kind === 'trigger' && (state !== 'extra' || stood.length > 0)) {
      await keepCode(db, stood);
      await db.query(`drop trigger if exists "${name}" on ${owner}`);
      if (state !== 'extra') await db.query(expected);
    } else if (kind === 'index' && state === 'missing') {
      await db.query(expected);
    } else continue;
    report.done.push(
      `${state === 'missing' ? 'added' : state === 'extra' ? 'removed' : 'put right'} ${nameOf(finding)}`,
    );
  }
}
