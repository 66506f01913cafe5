import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../config/package-root.js';
import type { ObjectKind, SchemaObject } from './catalog.js';

const SQL = path.join(packageRoot, 'sql');

/** The names of all migrations, in order. */
export const migrationNames = (): string[] =>
  readdirSync(SQL)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => path.basename(file, '.sql'))
    .toSorted();

export const migrationText = (name: string): string => readFileSync(path.join(SQL, `${name}.sql`), 'utf8');

/** What every migration together leaves behind: `sql/schema.tsv`, a line per object, kept true by a test. */
export const expectedSchema = (): SchemaObject[] => parseSchema(readFileSync(path.join(SQL, 'schema.tsv'), 'utf8'));

export const printSchema = (objects: SchemaObject[]): string =>
  objects.map(({ kind, owner, name, definition }) => `${[kind, owner, name, definition].join('\t')}\n`).join('');

export const parseSchema = (text: string): SchemaObject[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [kind, owner, name, definition] = line.split('\t') as [ObjectKind, string, string, string];
      return { kind, owner, name, definition, isEnabled: true };
    });

/** A function as the newest migration that defines it says it; with `or replace`, whatever that migration says. */
export function functionSource(owner: string, name: string): string {
  const bare = `${owner}.${name.slice(0, name.indexOf('('))}`;
  const define = new RegExp(
    String.raw`^create (?:or replace )?function (${bare.replace('.', String.raw`\.`)}\([^$]*?\$\$.*?\$\$\s*;)`,
    'gms',
  );
  const found = migrationNames().flatMap((migration) =>
    [...migrationText(migration).matchAll(define)].map((match) => match[1] as string),
  );
  const newest = found.at(-1);
  if (!newest) throw new Error(`no migration defines ${owner}.${name}`);
  return `create or replace function ${newest}`;
}
