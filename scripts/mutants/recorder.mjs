// Loaded into every process of a recording run (scripts/mutants/recording.mjs): notes which test file had which SQL run,
// one line of JSON each. A database tells at its end which of its functions were called.
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const pg = createRequire(path.join(process.cwd(), 'package.json'))('pg');
const noted = new Set();

const note = (kind, text) => {
  // A process that a test starts writes for the same test.
  const test = globalThis.__vitest_worker__?.filepath ?? process.env.RECORDED_TEST;
  if (!test) return;
  process.env.RECORDED_TEST = test;
  const line = JSON.stringify({ test: path.relative(process.cwd(), test), kind, text });
  if (noted.has(line)) return;
  noted.add(line);
  appendFileSync(path.join(process.env.RECORDED_TO, `${process.pid}.jsonl`), `${line}\n`);
};

const query = pg.Client.prototype.query;

const noteFunctionsOf = async (settings, database) => {
  const client = new pg.Client({ ...settings, database });
  await client.connect();
  // A connection reports its calls when it ends, which may be an instant after its client has gone.
  await query.call(
    client,
    `do $$ begin
       for i in 1..100 loop
         exit when not exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                                and backend_type = 'client backend');
         perform pg_sleep(0.02), pg_stat_clear_snapshot();
       end loop;
     end $$`,
  );
  const { rows } = await query.call(client, 'select schemaname, funcname from pg_stat_user_functions');
  for (const { schemaname, funcname } of rows) note('functions', `${schemaname}.${funcname}`);
  await client.end();
};

pg.Client.prototype.query = function (...given) {
  const text = typeof given[0] === 'string' ? given[0] : given[0]?.text;
  if (!text) return query.apply(this, given);
  note('statements', text);
  const dropped = /^drop database if exists (\w+)/.exec(text)?.[1];
  if (!dropped) return query.apply(this, given);
  const { host, port, user, password } = this;
  return noteFunctionsOf({ host, port, user, password }, dropped).then(() => query.apply(this, given));
};
