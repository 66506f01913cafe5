import type { ClientBase } from 'pg';

export const OBJECT_KINDS = ['table', 'column', 'constraint', 'index', 'trigger', 'function'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** One object of a database's schema, in words that two databases can be compared by. */
export interface SchemaObject {
  kind: ObjectKind;
  /** Schema and table it belongs to (`public.jobs`); for a function its schema. */
  owner: string;
  /** Its name alone; for a function with the types of its arguments. */
  name: string;
  /**
   * Column: type, `not null`, default. Constraint, index, trigger: the statement PostgreSQL prints. Function: a hash of
   * language, volatility, settings and body. Table: empty.
   */
  definition: string;
  /** False for a trigger that does not fire in ordinary sessions. */
  isEnabled: boolean;
}

/**
 * Reads schemas `public` and `pipeline`. The caller sets `search_path` to `public`, because PostgreSQL prints names
 * relative to it. Objects of extensions are no one's here.
 */
export async function readSchema(db: Pick<ClientBase, 'query'>): Promise<SchemaObject[]> {
  const { rows } = await db.query<SchemaObject>(READ);
  return rows;
}

const READ = `
with tables as (
  select c.oid, format('%s.%s', n.nspname, c.relname) as owner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname in ('public', 'pipeline') and c.relkind in ('r', 'p')
     and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
), objects as (
  select 'table' as kind, owner, split_part(owner, '.', 2) as name, '' as definition, true as "isEnabled" from tables
  union all
  select 'column', t.owner, a.attname,
         concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
           case when a.attidentity <> '' then 'identity' end,
           'default ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '\\w+\\.(?=uuid_generate)', '')),
         true
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
  union all
  select 'constraint', t.owner, c.conname, pg_get_constraintdef(c.oid), true
    from tables t join pg_constraint c on c.conrelid = t.oid and c.contype in ('p', 'u', 'f', 'c')
  union all
  select 'index', t.owner, i.relname, pg_get_indexdef(i.oid), x.indisvalid
    from tables t join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
   where not exists (select from pg_constraint c where c.conindid = i.oid and c.contype in ('p', 'u'))
  union all
  -- 'O' fires in ordinary sessions, 'A' in all; 'D' never, 'R' only while replicating.
  select 'trigger', t.owner, g.tgname, pg_get_triggerdef(g.oid), g.tgenabled in ('O', 'A')
    from tables t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
  union all
  select 'function', n.nspname, format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
         md5(concat_ws('|', l.lanname, p.provolatile, p.proconfig::text, p.prosrc)), true
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
   where n.nspname in ('public', 'pipeline')
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
)
select kind, owner, name::text, definition, "isEnabled" from objects
 order by kind collate "C", owner collate "C", name::text collate "C"`;
