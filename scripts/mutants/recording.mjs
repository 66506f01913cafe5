// Which test files can notice a term that is gone: those that run its statement. A run with nothing planted tells, and
// must be green: red without a bug would call every mutant killed.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { runTests } from './run-tests.mjs';

const RECORDER = fileURLToPath(new URL('recorder.mjs', import.meta.url));
const TESTS = /^test\/(db|unit)\/.*\.test\.ts$/;
/** Tests of the unit project have no database. */
const RUNS_SQL = /^test\/db\//;
/** What tests lean on: it decides as much as they do what is noticed. */
const HELPERS = /^test\/(?!.*\.test\.ts$)/;
const TESTED = /^(activities|sql|src|workflows)\//;

export const helpersIn = (files) => files.filter((file) => HELPERS.test(file));

export const hashOf = (root, files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
};

/** So many are recorded in one run; what is known by then is kept. */
const AT_ONCE = 16;

/**
 * `{ [test file]: { hash, milliseconds, statements, functions } }` of the copy, for the tests on a database and those
 * of `others`; from `earlier` comes what cannot have changed since: tests that are the same, while all that they test is.
 * `keep` is given what is known so far.
 */
export const record = async (copy, servers, { files, others, earlier, keep, signal }) => {
  const tests = files.filter((file) => TESTS.test(file) && (RUNS_SQL.test(file) || others.includes(file)));
  const tested = hashOf(
    copy,
    files.filter((file) => TESTED.test(file) || HELPERS.test(file)),
  );
  const hashes = Object.fromEntries(tests.map((test) => [test, `${tested} ${hashOf(copy, [test])}`]));
  const isKnown = (test) => earlier[test]?.hash === hashes[test];
  const recording = Object.fromEntries(tests.filter(isKnown).map((test) => [test, earlier[test]]));
  const unknown = tests.filter((test) => !isKnown(test));
  if (unknown.length > 0) await countFunctionCalls(servers.postgresUrl);
  for (let from = 0; from < unknown.length && !signal.aborted; from += AT_ONCE) {
    const ran = await run(copy, servers, unknown.slice(from, from + AT_ONCE), signal);
    for (const [test, what] of Object.entries(ran)) recording[test] = { hash: hashes[test], ...what };
    keep(recording);
  }
  return recording;
};

const run = async (copy, servers, tests, signal) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'feedlyai-mutants-recorded-'));
  try {
    const report = path.join(folder, 'report.json');
    const { isRed, output } = await runTests(copy, servers, tests, {
      options: ['--reporter', 'default', '--reporter', 'json', '--outputFile', report],
      env: { NODE_OPTIONS: `--import ${RECORDER}`, RECORDED_TO: folder },
      signal,
    });
    if (signal.aborted) return {};
    if (isRed) throw new Error(`the suite is red with nothing planted:\n${output.slice(-4_000)}`);
    return whatRan(copy, folder, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const countFunctionCalls = async (postgresUrl) => {
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  await admin.query(`alter system set track_functions = 'all'`);
  await admin.query('select pg_reload_conf()');
  await admin.end();
};

const whatRan = (copy, folder, report) => {
  const ran = {};
  for (const { name, startTime, endTime } of JSON.parse(readFileSync(report, 'utf8')).testResults)
    ran[path.relative(copy, name)] = { milliseconds: Math.round(endTime - startTime), statements: [], functions: [] };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl')))
    for (const line of readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean)) {
      const { test, kind, text } = JSON.parse(line);
      ran[test]?.[kind].push(text);
    }
  return ran;
};

/** A template literal as it looks once its holes are filled. */
const filled = (literal) => {
  const parts = [];
  let from = 0;
  for (let at = 0; at < literal.length; at++) {
    if (!literal.startsWith('${', at)) continue;
    parts.push(literal.slice(from, at));
    for (let depth = 0; at < literal.length; at++) {
      if (literal[at] === '{') depth++;
      if (literal[at] === '}' && --depth === 0) break;
    }
    from = at + 1;
  }
  parts.push(literal.slice(from));
  const exactly = (text) => text.replaceAll('\\\\', '\\').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(parts.map(exactly).join('[\\s\\S]*?'));
};

/** The test files that run a statement or function of SQL, quickest first. */
export const testsThatRun = (recording, { functionName, literal }) => {
  const pattern = literal && filled(literal);
  return Object.entries(recording)
    .filter(([, { statements, functions }]) =>
      pattern ? statements.some((text) => pattern.test(text)) : functions.includes(functionName),
    )
    .sort(([, a], [, b]) => a.milliseconds - b.milliseconds)
    .map(([test]) => test);
};
