import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findProcesses, isAlive } from '../../src/stack/process-table.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { movedFolderIfAny } from '../../src/stack/postgres-home.js';
import { type StackProcess, startStackProcess } from '../support/stack-process.js';

const allPids = ({ pids }: ReadyLine): number[] =>
  Object.values(pids)
    .flat()
    .filter((pid) => pid !== null);

const makeDataDir = (): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'stack-system-'));
  chmodSync(folder, 0o755);
  return path.join(folder, 'data');
};

const removeDataDir = (dataDir: string): void => {
  const moved = movedFolderIfAny(dataDir);
  for (const folder of [path.dirname(dataDir), ...(moved ? [moved] : [])])
    rmSync(folder, { recursive: true, force: true });
};

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const expectNothingLeft = async (stack: StackProcess, ready: ReadyLine, within: number): Promise<void> => {
  await expect
    .poll(() => [stack.pid, ...allPids(ready)].filter(isAlive), { timeout: within, message: 'processes left running' })
    .toEqual([]);
  expect(findProcesses((commandLine) => commandLine.includes(ready.dataDir))).toEqual([]);
};

describe('npm start', () => {
  const dataDir = makeDataDir();
  const started: StackProcess[] = [];
  const start = (extra?: Record<string, string>, folder = dataDir): StackProcess => {
    const stack = startStackProcess(folder, extra);
    started.push(stack);
    return stack;
  };

  let first: StackProcess;
  let ready: ReadyLine;

  beforeAll(async () => {
    first = start();
    ready = await first.ready;
  });
  afterEach(() => {
    // Whatever a failed expectation left behind; those that ended long ago do not mind.
    for (const stack of started) if (stack !== first && isAlive(stack.pid)) stack.process.kill('SIGTERM');
  });
  afterAll(async () => {
    for (const stack of started) if (isAlive(stack.pid)) stack.process.kill('SIGTERM');
    await Promise.all(started.map((stack) => stack.exit));
    removeDataDir(dataDir);
  });

  test('prints one line with the agreed keys, and nothing else on stdout', () => {
    expect(first.stdout).toHaveLength(1);
    expect(Object.keys(ready).sort()).toEqual(
      [
        ...['event', 'serverUrl', 'dashboardUrl', 'stagesUrl', 'healthUrl', 'temporalAddress', 'temporalNamespace'],
        ...['temporalUiUrl', 'databaseUrl', 'assetsDir', 'dataDir', 'pids'],
      ].sort(),
    );
    expect(Object.keys(ready.pids).sort()).toEqual(['postgres', 'server', 'stages', 'temporal', 'worker']);
    expect(allPids(ready).every(isAlive)).toBe(true);
    expect(ready.dataDir).toBe(dataDir);
    expect(ready.assetsDir.startsWith(dataDir)).toBe(true);
  });

  test('what it names answers', async () => {
    expect(await query(ready.databaseUrl, `select current_setting('timezone') as zone`)).toEqual([
      { zone: 'Asia/Seoul' },
    ]);
    for (const url of [ready.serverUrl, ready.stagesUrl]) {
      expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ ok: true });
    }
    expect((await fetch(ready.temporalUiUrl as string)).ok).toBe(true);
  });

  test('a second start on the same DATA_DIR is refused in one line that names the first', async () => {
    // Also when the ports are given: the running stack is the trouble to report, not its port.
    const second = start({ SERVER_PORT: new URL(ready.serverUrl).port });
    expect((await second.exit).code).toBe(1);
    expect(second.stderr).toHaveLength(1);
    expect(second.stderr[0]).toContain(`pid ${first.pid}`);
    expect(allPids(ready).every(isAlive)).toBe(true);
  });

  test('a worker that dies is started again', async () => {
    const [worker] = ready.pids.worker;
    process.kill(worker as number, 'SIGKILL');
    await expect
      .poll(() => first.stderr.find((line) => /worker runs again \(pid \d+\)/.test(line)), { timeout: 30_000 })
      .toBeTruthy();
  });

  test('SIGTERM ends everything, exit code 0, and a second start goes on with the data', async () => {
    await query(ready.databaseUrl, `insert into tenants (tenant_id) values ('kept')`);
    first.process.kill('SIGTERM');
    expect((await first.exit).code).toBe(0);
    await expectNothingLeft(first, ready, 1_000);
    expect(existsSync(path.join(dataDir, 'stack.json'))).toBe(false);

    const next = start();
    const again = await next.ready;
    expect(await query(again.databaseUrl, `select tenant_id from tenants where tenant_id = 'kept'`)).toHaveLength(1);

    next.process.kill('SIGKILL');
    await next.exit;
    await expectNothingLeft(next, again, 30_000);

    const last = start();
    const reopened = await last.ready;
    expect(await query(reopened.databaseUrl, `select tenant_id from tenants where tenant_id = 'kept'`)).toHaveLength(1);
    last.process.kill('SIGINT');
    expect((await last.exit).code).toBe(130);
    await expectNothingLeft(last, reopened, 1_000);
  });
});

describe('npm start that cannot', () => {
  const dataDir = makeDataDir();
  afterAll(() => removeDataDir(dataDir));

  const refusal = async (extra: Record<string, string>): Promise<string> => {
    const stack = startStackProcess(dataDir, extra);
    expect((await stack.exit).code).toBe(1);
    expect(stack.stdout).toEqual([]);
    expect(findProcesses((commandLine) => commandLine.includes(dataDir))).toEqual([]);
    expect(stack.stderr).toHaveLength(1);
    return stack.stderr[0] as string;
  };

  test('a configured port in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    expect(await refusal({ SERVER_PORT: String(port) })).toMatch(
      new RegExp(`^Port ${port} \\(SERVER_PORT\\) is already in use`),
    );
    expect(await refusal({ PORT: String(port) })).toMatch(new RegExp(`^Port ${port} \\(PORT\\) is already in use`));
    squatter.close();
  });

  test('a database nobody answers for', async () => {
    expect(await refusal({ DATABASE_URL: 'postgresql://someone:secret@127.0.0.1:1/nowhere' })).toMatch(
      /^The database at 127\.0\.0\.1:1\/nowhere \(DATABASE_URL\) cannot be used: .*ECONNREFUSED/,
    );
  });

  test('a Temporal server nobody answers for, within about ten seconds', async () => {
    const since = Date.now();
    expect(await refusal({ TEMPORAL_ADDRESS: '127.0.0.1:1' })).toMatch(
      /^The Temporal server at 127\.0\.0\.1:1 \(TEMPORAL_ADDRESS\)/,
    );
    expect(Date.now() - since).toBeLessThan(12_000);
  });
});
