// Plants bugs one by one, in a copy of the checkout, and expects the fast suite to turn red each time:
//   npm run test:mutants -- [--only planted|terms] [--match text] [--minutes n] [--at-once n] [--quick] [--fresh] [--list]
// "planted" are the deliberate bugs of scripts/mutants/planted.mjs, "terms" every AND-term that guards a write, taken
// as true one at a time (scripts/mutants/terms.mjs). A term that no test misses must stand in docs/mutants.md with the
// reason. Results are kept in dist/mutants.json: with --minutes the run ends early, and the next one goes on from there;
// a result counts while the mutated file, and for a survivor its tests, stay as they are. With --quick only the likeliest
// tests are asked: who survives these is no survivor yet. The servers are started once.
import { spawnSync } from 'node:child_process';
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
import { listMutants } from './mutants/list.mjs';
import { hashOf, helpersIn, record, testsThatRun } from './mutants/recording.mjs';
import { runTests } from './mutants/run-tests.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const resultsFile = path.join(root, 'dist', 'mutants.json');
/** So many tests go first and next, by themselves, and slow ones last: most mutants get no further than the first. */
const FIRST = 1;
const NEXT = 5;
const SLOW_MS = 10_000;
/** A mutant that makes a test wait for ever is noticed, too. */
const LONGEST_TEST_MS = 60_000;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    match: { type: 'string' },
    minutes: { type: 'string' },
    'at-once': { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const say = (line) => process.stderr.write(`[mutants] ${line}\n`);

const tracked = () => {
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((file) => file && existsSync(path.join(root, file)))
    .sort();
};

/** The checkout as it stands; nothing is ever changed in place. */
const copyCheckout = (files) => {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'feedlyai-mutants-'));
  chmodSync(copy, 0o755);
  for (const file of files) cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
};

/** What a test costs before it has run anything, about. */
const START_MS = 3_000;

/** In batches: those first that noticed the most for their time so far, above all in the same file. */
const batchesOf = (mutant, { recording, results }) => {
  const [file] = mutant.sources.keys();
  const worth = (test) => {
    const kills = Object.entries(results).filter(([, { by }]) => by?.includes(test));
    const nearKills = kills.filter(([id]) => id.startsWith(`${file}: `));
    return (1 + kills.length + 100 * nearKills.length) / (START_MS + recording[test].milliseconds);
  };
  const likeliest = mutant.tests.toSorted((a, b) => worth(b) - worth(a));
  const near = [likeliest.slice(0, FIRST), likeliest.slice(FIRST, NEXT)];
  if (options.quick || mutant.isExplained) return near;
  const others = likeliest.slice(NEXT);
  const isSlow = (test) => recording[test].milliseconds > SLOW_MS;
  return [...near, others.filter((test) => !isSlow(test)), others.filter(isSlow)];
};

/** The test that noticed, or null. */
const judge = async (copy, servers, mutant, batches) => {
  const before = [...mutant.sources.keys()].map((file) => [file, readFileSync(path.join(copy, file))]);
  for (const [file, source] of mutant.sources) writeFileSync(path.join(copy, file), source);
  try {
    for (const tests of batches) {
      if (tests.length === 0) continue;
      const { isRed, by, output } = await runTests(copy, servers, tests, {
        options: ['--bail', '1', '--testTimeout', String(LONGEST_TEST_MS)],
        signal: stopping.signal,
      });
      if (by) return by;
      if (isRed && !stopping.signal.aborted) {
        // A mutant that does not even load was noticed by nobody.
        say(`red without a failed test, which proves nothing: ${mutant.id}\n${output.slice(-2_000)}`);
        return null;
      }
    }
    return null;
  } finally {
    for (const [file, source] of before) writeFileSync(path.join(copy, file), source);
  }
};

const startServers = async (folder) => {
  const { startEmbeddedPostgres } = await import('../dist/src/stack/embedded-postgres.js');
  const { movedFolderIfAny } = await import('../dist/src/stack/postgres-home.js');
  const { startTemporalServer, unusualPorts } = await import('../dist/src/stack/temporal-server.js');
  const { waitForNamespace } = await import('../dist/src/stack/temporal-namespace.js');
  const postgres = await startEmbeddedPostgres({ dataDir: folder, say, durable: false });
  const temporal = await startTemporalServer({ dataDir: folder, say, ports: await unusualPorts() });
  await waitForNamespace({ address: temporal.address, namespace: 'default' });
  const stop = async () => {
    await Promise.all([postgres.stop(), temporal.stop()]);
    const moved = movedFolderIfAny(folder);
    if (moved) rmSync(moved, { recursive: true, force: true });
  };
  return {
    servers: {
      postgresUrl: postgres.url,
      temporalAddress: temporal.address,
      temporalUiUrl: temporal.uiUrl,
      temporalMetricsUrl: temporal.metricsUrl,
    },
    stop,
  };
};

/** Ids of the terms that docs/mutants.md explains. */
const explainedTerms = () =>
  new Set(
    [...readFileSync(path.join(root, 'docs/mutants.md'), 'utf8').matchAll(/^\| `(.*?)` \|/gm)].map(([, id]) => id),
  );

const keep = (kept) => {
  mkdirSync(path.dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, JSON.stringify(kept, null, 1));
};

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());

const main = async () => {
  const files = tracked();
  const all = listMutants(root, files);
  const mutants = all.filter(
    ({ id, kind }) =>
      (!options.only || options.only.startsWith(kind)) && (!options.match || id.includes(options.match)),
  );
  if (mutants.length === 0) throw new Error('nothing to plant: no mutant matches');
  if (options.list) {
    for (const { id } of mutants) process.stdout.write(`${id}\n`);
    return;
  }
  const explained = explainedTerms();
  const kept =
    !options.fresh && existsSync(resultsFile)
      ? JSON.parse(readFileSync(resultsFile, 'utf8'))
      : { recording: {}, results: {} };
  const deadline = options.minutes ? Date.now() + Number(options.minutes) * 60_000 : Number.POSITIVE_INFINITY;
  const copies = Array.from({ length: Number(options['at-once']) }, () => copyCheckout(files));
  const [copy] = copies;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'feedlyai-mutants-data-'));
  chmodSync(folder, 0o755);
  let server;
  try {
    server = await startServers(folder);
    kept.recording = await record(copy, server.servers, {
      files,
      others: all.flatMap(({ noticedBy = [] }) => noticedBy),
      earlier: kept.recording,
      keep: (recording) => keep({ ...kept, recording: { ...kept.recording, ...recording } }),
      signal: stopping.signal,
    });
    if (stopping.signal.aborted) return;
    keep(kept);
    const helpers = helpersIn(files);
    const hashOfTests = ({ tests }) => hashOf(copy, [...tests, ...helpers]);
    for (const mutant of mutants) {
      mutant.tests = mutant.noticedBy ?? testsThatRun(kept.recording, mutant.ranBy);
      const known = kept.results[mutant.id];
      mutant.isExplained = explained.has(mutant.id);
      mutant.hash = hashOf(copy, mutant.sources.keys());
      if (known?.source === mutant.hash && (known.by || known.tests === hashOfTests(mutant))) continue;
      delete kept.results[mutant.id];
    }
    const waiting = mutants.filter(({ id }) => !kept.results[id]).values();
    await Promise.all(
      copies.map(async (own) => {
        for (const mutant of waiting) {
          if (Date.now() > deadline) return;
          const started = Date.now();
          const by = await judge(own, server.servers, mutant, batchesOf(mutant, kept));
          if (stopping.signal.aborted) return;
          if (by || mutant.isExplained || !options.quick)
            kept.results[mutant.id] = { source: mutant.hash, by, ...(by ? {} : { tests: hashOfTests(mutant) }) };
          keep(kept);
          const seconds = Math.round((Date.now() - started) / 1000);
          say(`${by ? 'killed  ' : 'SURVIVED'} ${mutant.id} (${seconds} s)${by ? ` by ${by}` : ''}`);
        }
      }),
    );
    report(mutants, kept.results, all, explained);
  } finally {
    await server?.stop();
    for (const made of [...copies, folder]) rmSync(made, { recursive: true, force: true });
  }
};

const report = (mutants, results, all, explained) => {
  const untried = mutants.filter(({ id }) => !results[id]);
  const survivors = mutants.filter(({ id }) => results[id] && !results[id].by);
  const unexplained = survivors.filter(({ id }) => !explained.has(id));
  const terms = new Set(all.filter(({ kind }) => kind === 'term').map(({ id }) => id));
  const idle = [...explained].filter((id) => !terms.has(id) || results[id]?.by);
  const killed = mutants.length - untried.length - survivors.length;
  process.stdout.write(
    `${mutants.length} mutants: ${killed} killed, ${survivors.length} survived (${unexplained.length} without a word in ` +
      `docs/mutants.md), ${untried.length} not tried yet\n`,
  );
  for (const { id } of unexplained) process.stdout.write(`  survived: ${id}\n`);
  for (const id of idle) process.stdout.write(`  explained for nothing: ${id}\n`);
  process.exitCode = unexplained.length + idle.length > 0 ? 1 : untried.length > 0 ? 3 : 0;
};

await main();
