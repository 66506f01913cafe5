import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { runCli } from '../support/cli.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { commandsOf, type GuideCommand, oldCommandsOf } from '../support/guide.js';
import { drawnDish } from '../support/pictures.js';
import { untilRows } from '../support/road.js';
import { bareEnvironment, type StackProcess, startStackProcess } from '../support/stack-process.js';

const ENGLISH = 'docs/ye-guide.md';
const KOREAN = 'docs/ye-guide.ko.md';

let dataDir: string;
let stack: StackProcess;
let ready: ReadyLine;
let foreign: Pool;
/** What the guide's placeholders stand for: the job made last, its first variant, a picture. */
const seen = { job: '', variant: '', picture: '' };

beforeAll(async () => {
  dataDir = makeDataDir();
  stack = startStackProcess(dataDir, { LOG_LEVEL: 'warn', OVERLAY_TEXT_GRACE: '100ms' });
  ready = await stack.ready;
  foreign = createPool({ url: ready.databaseUrl, name: 'foreign', size: 2, log: pino({ level: 'silent' }) });
  seen.picture = path.join(path.dirname(dataDir), 'dish.png');
  writeFileSync(
    seen.picture,
    await sharp(await drawnDish())
      .resize(1080, 1080)
      .png()
      .toBuffer(),
  );
});
afterAll(async () => {
  await foreign?.end();
  stack?.process.kill('SIGTERM');
  await stack?.exit;
  removeDataDir(dataDir);
});

const filledIn = (text: string): string =>
  text.replaceAll('<job-id>', seen.job).replaceAll('<variant-id>', seen.variant).replaceAll('<picture>', seen.picture);

/** Commands that go on until Ctrl-C. */
const isLoop = (line: string): boolean => /jobs create|jobs full|background_/.test(line) && !line.includes('--once');

const remember = (output: string): void => {
  const [, job, variant] = /^job ([0-9a-f-]{36}) .*\n\s+([0-9a-f-]{36})/m.exec(output) ?? [];
  if (job && variant) Object.assign(seen, { job, variant });
};

/** As somebody types it; in a container the rest of the line is what runs there. */
async function runLine(line: string): Promise<{ code: number | null; output: string }> {
  const command = filledIn(line).replace(/^docker exec feedlyai-work-yh /, '');
  const child = spawn('sh', ['-c', `exec ${command}`], {
    cwd: packageRoot,
    env: bareEnvironment({ DATA_DIR: dataDir, LANG: 'C.UTF-8' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let isTold = false;
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    if (isTold || !isLoop(line) || !/^job [0-9a-f-]{36}/m.test(output)) return;
    isTold = true;
    process.kill(-(child.pid as number), 'SIGINT');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const [code] = await once(child, 'close');
  remember(output);
  return { code: code as number | null, output };
}

async function runCommand({ kind, text }: GuideCommand): Promise<void> {
  if (kind === 'sql') {
    const { rowCount } = await foreign.query(filledIn(text));
    expect(rowCount, text).toBeGreaterThan(0);
    return;
  }
  // That is what beforeAll has done.
  if (text === 'npm start') return;
  const { code, output } = await runLine(text);
  // A variant that was just written may be waiting for its text at this very moment.
  const fine = text.includes('trigger check') ? [0, 4] : [0];
  expect(fine, `${filledIn(text)} ended with ${code}\n${output}`).toContain(code);
}

describe('the guide for YE', () => {
  it('has the same commands in both languages', () => {
    expect(commandsOf(KOREAN)).toEqual(commandsOf(ENGLISH));
    expect(oldCommandsOf(KOREAN)).toEqual(oldCommandsOf(ENGLISH));
  });

  it('has a replacement for every old command, that runs what the table says', async () => {
    const table = oldCommandsOf(ENGLISH);
    expect(table).toHaveLength(15);
    for (const { file, command } of table) {
      const words = command.split(' --')[0];
      const { code, output } = await runLine(`node ${file} --help`);
      expect([code, output.split('\n')[0]], file).toEqual([0, expect.stringContaining(`feedlyai ${words}`)]);
    }
  });

  const [first, ...rest] = commandsOf(ENGLISH);
  it('asks by SQL what waits for YE', async () => {
    // Nothing waits yet: only that the database accepts the question.
    expect((await foreign.query((first as GuideCommand).text)).rowCount).toBe(0);
  });
  it.each(rest.map((command) => [command.text.split('\n')[0] as string, command] as const))(
    '%s',
    async (_, command) => {
      await runCommand(command);
    },
  );

  it('left the jobs it followed finished', async () => {
    const { rows } = await foreign.query(
      `select count(*)::int as finished from jobs where (current_step, status) = ('instagram_feed_gen', 'done')
          and tenant_id in ('ye_pipeline_test_tenant', 'yh_pipeline_test_tenant', 'overlay_test_tenant')`,
    );
    expect(rows[0].finished).toBeGreaterThanOrEqual(4);
  });
});

describe('the command line', () => {
  const NOBODY = '0b5f6f0e-5f0c-4c0e-9a53-3d1c3f3a9b11';

  it.each([
    ['a mistyped flag, with the right one', ['jobs', 'create', '--oncee'], '--once'],
    ['a mistyped command, with the right one', ['jobs', 'creat'], 'create'],
    ['an id that is none', ['jobs', 'watch', '12'], 'UUID'],
    ['a number out of bounds', ['jobs', 'create', '--variants-count', '0'], '1'],
    ['a missing text', ['jobs', 'overlay', 'a.png'], '--text'],
    ['a report of nothing', ['jobs', 'report'], '--job-id'],
    ['a language it does not speak', ['listener', 'status', '--lang', 'fr'], 'en, ko'],
  ])('refuses %s', async (_, args, words) => {
    const { code, stdout, stderr } = await runCli({ DATA_DIR: dataDir }, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it.each([
    ['jobs', 'watch', NOBODY],
    ['jobs', 'report', '--job-id', NOBODY],
    ['jobs', 'text', NOBODY],
    ['trigger', 'check', NOBODY],
  ])('says that there is none: %s %s %s', async (...args) => {
    const { code, stdout, stderr } = await runCli({ DATA_DIR: dataDir }, ...args, '--lang', 'ko');
    expect(code).toBe(1);
    expect(stdout + stderr).toContain(NOBODY);
    expect(stdout + stderr).toMatch(/없습니다/);
  });

  it('finds nothing to play for a tenant without jobs, and says what to do', async () => {
    const { code, stdout } = await runCli({ DATA_DIR: dataDir }, 'ye', 'simulate', '--tenant-id', 'nobody');
    expect([code, stdout]).toEqual([1, expect.stringContaining('jobs create --once --tenant-id nobody')]);
  });
});

describe('a long run', () => {
  it('makes jobs and counts them until it is stopped, and runs once', async () => {
    const longrun = (...args: string[]) =>
      runCli({ DATA_DIR: dataDir }, 'longrun', ...args, '--log-dir', path.join(dataDir, 'night'), '--json');
    const flags = ['--tenant-id', 'night', '--variants-count', '1', '--scan-interval', '1'];
    const started = await longrun('start', ...flags);
    expect(started.code, started.stderr).toBe(0);
    const [creator, monitor] = started.lines[0].running;
    expect([creator.part, monitor.part]).toEqual(['creator', 'monitor']);
    try {
      const again = await longrun('start', ...flags);
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining(`pid ${creator.pid}`)]);
      await untilRows(
        ready.databaseUrl,
        `select exists (select from jobs where tenant_id = 'night' and (current_step, status) = ('instagram_feed_gen', 'done'))`,
        [],
        true,
      );
    } finally {
      const stopped = await longrun('stop');
      expect(stopped).toMatchObject({
        code: 0,
        lines: [
          {
            stopped: [{ pid: creator.pid }, { pid: monitor.pid }],
            statistics: [
              { part: 'creator', created: 1, failed: 0 },
              { part: 'monitor', seen: 1, finished: 1, failed: 0, overdue: [] },
            ],
          },
        ],
      });
    }
    expect((await longrun('stop')).code).toBe(1);
  });
});
