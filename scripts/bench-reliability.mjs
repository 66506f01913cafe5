// Plays the scenarios whose figures stand in docs/reliability.md, in full numbers, and prints what they took as a table.
// Other scenarios may be named: `npm run bench:reliability -- scenario-14`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const named = process.argv.slice(2);
const scenarios = named.length > 0 ? named : ['scenario-0', 'scenario-11', 'scenario-12', 'scenario-14', 'scenario-17'];
const folder = mkdtempSync(path.join(os.tmpdir(), 'reliability-'));
const file = path.join(folder, 'figures.jsonl');
writeFileSync(file, '');
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'scenarios', ...scenarios], {
  stdio: ['ignore', 2, 2],
  env: { ...process.env, SCENARIOS: 'full', SCENARIO_FIGURES: file },
});
const runs = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
rmSync(folder, { recursive: true });

const COLUMNS = ['jobs', 'finished', 'calls', 'neededCalls', 'refused', 'translations', 'feeds'];
console.log(
  '| scenario | jobs | finished | stage calls | needed | not 200 | translations | feeds | highest retry_count |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const [scenario, same] of groupByScenario(runs)) {
  const sums = COLUMNS.map((column) => same.reduce((sum, run) => sum + run[column], 0));
  const highest = Math.max(...same.map((run) => run.highestRetryCount));
  console.log(`| ${[scenario, ...sums, highest].join(' | ')} |`);
}
process.exitCode = status ?? 1;

function groupByScenario(all) {
  const groups = new Map();
  for (const run of all) groups.set(run.scenario, [...(groups.get(run.scenario) ?? []), run]);
  return groups;
}
