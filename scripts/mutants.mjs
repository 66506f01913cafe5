// Plants bugs one by one, in a copy of the checkout, and expects the fast suite to turn red each time:
//   npm run test:mutants -- [--only planted|terms] [--match text] [--minutes n] [--fresh]
// "planted" are the deliberate bugs of scripts/mutants/planted.mjs, "terms" every AND-term that guards a write, taken
// as true one at a time (scripts/mutants/terms.mjs). A term that no test misses must stand in docs/mutants.md with the
// reason. Results are kept in dist/mutants.json: with --minutes the run ends early, and the next one goes on from there;
// survivors are tried again each time. PostgreSQL is started once.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nearTests, WIDE } from './mutants/near-tests.mjs';
import { PLANTED } from './mutants/planted.mjs';
import { functionsOf, guardingTerms } from './mutants/terms.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const resultsFile = path.join(root, 'dist', 'mutants.json');
/** A mutant that hangs is noticed, too. */
const LONGEST_RUN_MS = 240_000;
const TERM_FOLDERS = ['sql/', 'src/admin/', 'src/bridge/', 'src/db/', 'src/stages/'];
const TERM_FILES = ['src/generation/picture-maker.ts'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    match: { type: 'string' },
    minutes: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const say = (line) => process.stderr.write(`[mutants] ${line}\n`);

const tracked = () => {
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  return stdout.split('\n').filter((file) => file && existsSync(path.join(root, file)));
};

/** The checkout as it stands; nothing is ever changed in place. */
const copyCheckout = (files) => {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'feedlyai-mutants-'));
  chmodSync(copy, 0o755);
  for (const file of files) cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
};

const read = (file) => readFileSync(path.join(root, file), 'utf8');

const definingFile = (sqlFiles, name) => {
  const file = sqlFiles.findLast((each) => functionsOf(read(each)).some((found) => found.name === name));
  if (!file) throw new Error(`no file in sql/ defines ${name}`);
  return file;
};

/** `{ id, file, sources }`: the file that tests are chosen by, and every changed file whole. */
const plantedMutants = (sqlFiles) =>
  PLANTED.map(({ name, edits }) => {
    const sources = new Map();
    for (const edit of edits) {
      const file = edit.file ?? definingFile(sqlFiles, edit.function);
      const before = sources.get(file) ?? read(file);
      const count = before.split(edit.from).length - 1;
      if (count !== 1)
        throw new Error(`"${name}": ${file} holds the text to replace ${count} times, not once:\n${edit.from}`);
      sources.set(
        file,
        before.replace(edit.from, () => edit.to),
      );
    }
    return { id: name, file: [...sources.keys()][0], sources, kind: 'planted' };
  });

const termMutants = (files) => {
  const within = files
    .filter((file) => TERM_FILES.includes(file) || TERM_FOLDERS.some((folder) => file.startsWith(folder)))
    .filter((file) => /\.(ts|sql)$/.test(file))
    .sort();
  const seen = new Map();
  return guardingTerms(within.map((file) => ({ file, source: read(file) }))).map(({ file, from, to, text, line }) => {
    const source = read(file);
    const nth = (seen.get(`${file}${text}`) ?? 0) + 1;
    seen.set(`${file}${text}`, nth);
    // True, yet still there: parameters keep their types, and a statement that cannot be prepared proves nothing.
    const mutated = `${source.slice(0, from)}(true or (${source.slice(from, to)}))${source.slice(to)}`;
    return {
      id: `${file}: ${text}${nth > 1 ? ` #${nth}` : ''}`,
      file,
      line,
      sources: new Map([[file, mutated]]),
      kind: 'term',
    };
  });
};

const runTests = (copy, servers, tests) =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', '--project', 'unit', '--project', 'db', ...tests],
      {
        cwd: copy,
        env: { ...process.env, TEST_SERVERS: JSON.stringify(servers), NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      const failed = /^\s*(?:FAIL|×)\s+(.*)$/m.exec(output)?.[1]?.trim();
      resolve({ isRed: code !== 0, by: signal ? 'it hangs' : (failed ?? 'a failure outside any test'), output });
    });
  });

/** A mutant that does not even load was killed by nobody. */
const BROKEN =
  /No test files found|SyntaxError|Transform failed|PARSE_ERROR|syntax error at or near|could not determine data type/;

const judge = async (copy, servers, mutant) => {
  for (const [file, source] of mutant.sources) writeFileSync(path.join(copy, file), source);
  try {
    for (const tests of [nearTests(mutant.file), WIDE]) {
      if (tests.length === 0) continue;
      const { isRed, by, output } = await runTests(copy, servers, tests);
      if (isRed && BROKEN.test(output)) {
        say(`does not run, which proves nothing: ${mutant.id}\n${output.slice(-2_000)}`);
        return null;
      }
      if (isRed) return by;
    }
    return null;
  } finally {
    for (const file of mutant.sources.keys()) cpSync(path.join(root, file), path.join(copy, file));
  }
};

const startServers = async (folder) => {
  const { startEmbeddedPostgres } = await import('../dist/src/stack/embedded-postgres.js');
  const { movedFolderIfAny } = await import('../dist/src/stack/postgres-home.js');
  const postgres = await startEmbeddedPostgres({ dataDir: folder, say, durable: false });
  const stop = async () => {
    await postgres.stop();
    const moved = movedFolderIfAny(folder);
    if (moved) rmSync(moved, { recursive: true, force: true });
  };
  // The fast suite asks for no Temporal server.
  return {
    servers: { postgresUrl: postgres.url, temporalAddress: '', temporalUiUrl: '', temporalMetricsUrl: '' },
    stop,
  };
};

const main = async () => {
  const files = tracked();
  const sqlFiles = files.filter((file) => /^sql\/\d.*\.sql$/.test(file)).sort();
  const mutants = [
    ...(options.only === 'terms' ? [] : plantedMutants(sqlFiles)),
    ...(options.only === 'planted' ? [] : termMutants(files)),
  ].filter(({ id }) => !options.match || id.includes(options.match));
  if (mutants.length === 0) throw new Error('nothing to plant: no mutant matches');
  if (options.list) {
    for (const { id } of mutants) process.stdout.write(`${id}\n`);
    return;
  }
  const results = !options.fresh && existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : {};
  const deadline = options.minutes ? Date.now() + Number(options.minutes) * 60_000 : Number.POSITIVE_INFINITY;
  const copy = copyCheckout(files);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'feedlyai-mutants-data-'));
  chmodSync(folder, 0o755);
  let server;
  try {
    server = await startServers(folder);
    const waiting = mutants.filter(({ id }) => !results[id]);
    if (waiting.length > 0 && !results['(nothing planted)']) {
      // Red without a bug would call every mutant killed.
      const { isRed, output } = await runTests(copy, server.servers, WIDE);
      if (isRed) throw new Error(`the suite is red with nothing planted:\n${output.slice(-4_000)}`);
      results['(nothing planted)'] = 'green';
    }
    const tried = new Set();
    for (const mutant of waiting) {
      if (Date.now() > deadline) break;
      const started = Date.now();
      const by = await judge(copy, server.servers, mutant);
      tried.add(mutant.id);
      results[mutant.id] = by;
      say(
        `${by ? 'killed  ' : 'SURVIVED'} ${mutant.id} (${Math.round((Date.now() - started) / 1000)} s)${by ? ` by ${by}` : ''}`,
      );
      mkdirSync(path.dirname(resultsFile), { recursive: true });
      writeFileSync(resultsFile, JSON.stringify(results, null, 1));
    }
    report(mutants, results, tried);
  } finally {
    await server?.stop();
    for (const made of [copy, folder]) rmSync(made, { recursive: true, force: true });
  }
};

const report = (mutants, results, tried) => {
  const explained = existsSync(path.join(root, 'docs/mutants.md')) ? read('docs/mutants.md') : '';
  const untried = mutants.filter(({ id }) => !results[id] && !tried.has(id));
  const survivors = mutants.filter(({ id }) => !results[id] && tried.has(id));
  const unexplained = survivors.filter(({ id, kind }) => kind === 'planted' || !explained.includes(`\`${id}\``));
  const killed = mutants.length - untried.length - survivors.length;
  process.stdout.write(
    `${mutants.length} mutants: ${killed} killed, ${survivors.length} survived (${unexplained.length} without a word in ` +
      `docs/mutants.md), ${untried.length} not tried yet\n`,
  );
  for (const { id } of unexplained) process.stdout.write(`  survived: ${id}\n`);
  process.exitCode = unexplained.length > 0 ? 1 : untried.length > 0 ? 3 : 0;
};

await main();
