import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { commandLineOf, endProcess, isAlive } from '../stack/process-table.js';
import { UserError } from '../stack/user-error.js';
import { EXIT } from './exit-codes.js';
import { monitorCommand } from './longrun-monitor.js';
import { t } from './messages/index.js';
import { findSystem } from './system.js';
import { amount, answer, tenantId, tool, type ToolOptions, wholeNumber } from './tool.js';

interface StartOptions extends ToolOptions {
  tenantId: string;
  createInterval: number;
  variantsCount: number;
  checkInterval: number;
  maxWaitMinutes: number;
  scanInterval: number;
  logDir?: string;
}

interface Running {
  part: Part;
  pid: number;
  log: string;
}

const PARTS = ['creator', 'monitor'] as const;
type Part = (typeof PARTS)[number];

const folderOf = ({ logDir }: { logDir?: string }): string =>
  path.resolve(logDir ?? path.join(loadConfig().dataDir, 'logs', 'longrun'));
const pidFile = (folder: string, part: Part): string => path.join(folder, `${part}.pid`);
const logFile = (folder: string, part: Part): string => path.join(folder, `${part}.log`);

/** The parts that run now. A number in a file is not enough: the system gives it to another process after a while. */
const findRunning = (folder: string): Running[] =>
  PARTS.flatMap((part) => {
    let pid: number;
    try {
      pid = Number(readFileSync(pidFile(folder, part), 'utf8'));
    } catch {
      return [];
    }
    const isOurs = pid > 0 && isAlive(pid) && commandLineOf(pid).includes(process.argv[1] as string);
    return isOurs ? [{ part, pid, log: logFile(folder, part) }] : [];
  });

function start(options: StartOptions): void {
  const folder = folderOf(options);
  const [already] = findRunning(folder);
  if (already) throw new UserError(t.longrun.already(already.pid, folder));
  // Said here rather than in a log nobody looks at.
  findSystem(loadConfig());
  mkdirSync(folder, { recursive: true });
  const tenant = ['--tenant-id', options.tenantId];
  const commands: Record<Part, string[]> = {
    creator: [
      ...['jobs', 'full', ...tenant, '--create-interval', String(options.createInterval)],
      ...['--variants-count', String(options.variantsCount)],
    ],
    monitor: [
      ...['longrun', 'monitor', ...tenant, '--check-interval', String(options.checkInterval)],
      ...['--scan-interval', String(options.scanInterval), '--max-wait-minutes', String(options.maxWaitMinutes)],
    ],
  };
  const running = PARTS.map((part): Running => {
    const log = logFile(folder, part);
    const output = openSync(log, 'a');
    const child = spawn(process.execPath, [process.argv[1] as string, ...commands[part], '--json'], {
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.unref();
    writeFileSync(pidFile(folder, part), `${child.pid}\n`);
    return { part, pid: child.pid as number, log };
  });
  answer(options, { running, logDir: folder }, () => running.map(t.longrun.started).join('\n'));
}

async function stop(options: ToolOptions & { logDir?: string }): Promise<void> {
  const folder = folderOf(options);
  const running = findRunning(folder);
  // First the creator, so that the monitor sees the last job.
  for (const { pid } of running) await endProcess(pid, ['SIGTERM'], 20_000);
  for (const part of PARTS) rmSync(pidFile(folder, part), { force: true });
  const statistics = running.flatMap(({ part, log }) => {
    const last = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? '';
    return last.startsWith('{') ? [{ part, ...(JSON.parse(last) as object) }] : [];
  });
  answer(options, { stopped: running, statistics }, () =>
    running.length === 0
      ? t.longrun.nothing(folder)
      : [...running.map(t.longrun.stopped), ...statistics.map((entry) => JSON.stringify(entry))].join('\n'),
  );
  if (running.length === 0) process.exitCode = EXIT.no;
}

export const longrunCommand = (): Command =>
  new Command('longrun')
    .description(t.commands.longrun)
    .addCommand(
      tool('start', t.commands.longrunStart, ['longrun start', 'longrun start --create-interval 30 --variants-count 1'])
        .option('--tenant-id <id>', t.options.tenantId, tenantId, 'longrun_test')
        .option('--create-interval <seconds>', t.options.createInterval, amount, 60)
        .option('--variants-count <number>', t.options.variantsCount, wholeNumber(1, 100), 3)
        .option('--check-interval <seconds>', t.options.checkInterval, amount, 30)
        .option('--max-wait-minutes <minutes>', t.options.maxWaitMinutes, amount, 20)
        .option('--scan-interval <seconds>', t.options.scanInterval, amount, 10)
        .option('--log-dir <folder>', t.options.logDir)
        .action(start),
    )
    .addCommand(
      tool('stop', t.commands.longrunStop, ['longrun stop'])
        .option('--log-dir <folder>', t.options.logDir)
        .action(stop),
    )
    .addCommand(monitorCommand(), { hidden: true });
