import { Command } from 'commander';
import pg from 'pg';
import { loadConfig } from '../config/config.js';
import { connectionConfig } from '../db/pool.js';
import { UserError } from '../stack/user-error.js';
import { withMigratedDatabase } from './database.js';
import { t } from './messages/index.js';
import { textTable } from './text-table.js';

const { INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC, BOOL, JSON: JSON_TYPE, JSONB } = pg.types.builtins;

/** As PostgreSQL prints it: a Date would lose microseconds and the time zone. */
const asPrinted = (text: string): unknown => text;

/** A number where it survives being one; a longer one stays text. */
const asNumber = (text: string): unknown => (String(Number(text)) === text ? Number(text) : text);

const forJson = (typeId: number): ((text: string) => unknown) => {
  if ([INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC].includes(typeId)) return asNumber;
  if (typeId === BOOL) return (text) => text === 't';
  if (typeId === JSON_TYPE || typeId === JSONB) return (text) => JSON.parse(text);
  return asPrinted;
};

export async function runSql(url: string, statement: string, json: boolean): Promise<string[]> {
  const client = new pg.Client({
    ...connectionConfig({ url, name: 'sql' }),
    types: { getTypeParser: (typeId: number) => (json ? forJson(typeId) : asPrinted) } as pg.CustomTypesConfig,
  });
  // A server that ends the connection (or is told to by the statement itself) also reports to the waiting query.
  client.on('error', () => {});
  await client.connect();
  try {
    // Several statements answer with several results.
    const results = [await client.query<Record<string, unknown>>({ text: statement })].flat();
    return results.map((result) => (json ? jsonOf(result) : textOf(result)));
  } catch (error) {
    const { message, code, position, detail } = error as pg.DatabaseError;
    const where = position ? ` at character ${position}` : '';
    throw new UserError(
      `SQL error${where}: ${[message, detail].filter(Boolean).join('; ')}${code ? ` (${code})` : ''}`,
    );
  } finally {
    await client.end();
  }
}

const returnsRows = (result: pg.QueryResult): boolean => result.fields.length > 0;

const jsonOf = (result: pg.QueryResult): string =>
  JSON.stringify(returnsRows(result) ? result.rows : { command: result.command, rowCount: result.rowCount });

const textOf = (result: pg.QueryResult): string => {
  if (!returnsRows(result)) return [result.command, result.rowCount].filter((part) => part !== null).join(' ');
  const columns = result.fields.map((field) => field.name);
  const rows = result.rows.map((row: Record<string, string | null>) => columns.map((column) => row[column] ?? ''));
  return `${textTable(columns, rows)}\n(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`;
};

export const sqlCommand = (): Command =>
  new Command('sql')
    .description(t.commands.sql)
    .argument('<statement>', 'one statement, or several with semicolons')
    .option('--json', 'rows as JSON, one line per statement')
    .action(async (statement: string, options: { json?: boolean }) => {
      const answers = await withMigratedDatabase(loadConfig(), (url) => runSql(url, statement, options.json ?? false));
      for (const answer of answers) console.log(answer);
    });
