import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const REMEMBERED_LINES = 20;

export interface ChildEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program of somebody else's (PostgreSQL, Temporal, Go) that must not outlive us. */
export interface BoundChild {
  pid: number;
  process: ChildProcess;
  /** Resolves when it has ended, however it ended. */
  ended: Promise<ChildEnd>;
  hasEnded(): boolean;
  /** Its last words on stderr and stdout, for an error message. */
  lastLines(): string[];
}

export interface BoundChildOptions {
  /** Run as this user (only root may ask). */
  runAs?: { uid: number; gid: number } | undefined;
  env?: NodeJS.ProcessEnv;
  /** What it is told when this process dies without having said anything. */
  signalAtOurDeath: 'INT' | 'TERM' | 'KILL';
  onLine?: (line: string) => void;
}

let knowsDeathSignal: boolean | undefined;
/** Linux tells a child of its parent's death if asked to; elsewhere the next start reclaims what was left. */
const canAskForDeathSignal = (): boolean => {
  knowsDeathSignal ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], { stdio: 'ignore' }).status === 0;
  return knowsDeathSignal;
};

/**
 * Starts a program in a session of its own, so that Ctrl-C reaches only us and we decide in which order things stop.
 * setpriv replaces itself by the program: the pid is the program's.
 * @throws the spawn error when the program cannot be executed.
 */
export async function startBoundChild(
  program: string,
  args: string[],
  options: BoundChildOptions,
): Promise<BoundChild> {
  const bound = canAskForDeathSignal();
  const child = spawn(
    bound ? 'setpriv' : program,
    bound ? ['--pdeathsig', options.signalAtOurDeath, program, ...args] : args,
    {
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      ...(options.runAs && { uid: options.runAs.uid, gid: options.runAs.gid }),
    },
  );
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (lines.push(line) > REMEMBERED_LINES) lines.shift();
      options.onLine?.(line);
    });
  }
  // 'close' comes after the last line has been read, so that an error message can quote it.
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  await once(child, 'spawn');
  return {
    pid: child.pid as number,
    process: child,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    lastLines: () => [...lines],
  };
}

/** Ends our own child: asks with each signal in turn, each for `patience` ms, then insists. */
export async function endBoundChild(child: BoundChild, signals: NodeJS.Signals[], patience = 15_000): Promise<void> {
  for (const signal of [...signals, 'SIGKILL' as const]) {
    if (child.hasEnded()) break;
    child.process.kill(signal);
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<'still there'>((resolve) => {
      timer = setTimeout(() => resolve('still there'), patience);
    });
    const outcome = await Promise.race([child.ended, waited]);
    clearTimeout(timer);
    if (outcome !== 'still there') return;
  }
  await child.ended;
}
