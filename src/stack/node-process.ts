import { fork } from 'node:child_process';
import type { ChildEnd } from './bound-child.js';
import { isReadyMessage, type ReadyDetails } from './child-process.js';
import { UserError } from './user-error.js';

const READY_WITHIN = 120_000;

/**
 * How our processes run wherever they are started; `npm run start:…` and the Dockerfile say the same. Room for young
 * objects is MB in every thread: with V8's 16 four threads hold a hundred that they do not need. And one helper a
 * process collects beside them, not V8's four: more only take the cores from pictures.
 */
const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=4', '--v8-pool-size=1'];

export interface NodeProcessOptions {
  /** The word people look for in the list of processes. */
  name: string;
  script: string;
  env: NodeJS.ProcessEnv;
  /** Where its stdout and stderr go: stdout proper belongs to the supervisor's one line. */
  output: number;
  /** How long it may take to finish what it is doing once asked to stop. */
  patience: number;
  signal: AbortSignal;
}

export interface NodeProcess {
  pid: number;
  details: ReadyDetails;
  ended: Promise<ChildEnd>;
  stop(): Promise<void>;
  kill(): void;
}

export const describeEnd = ({ code, signal }: ChildEnd): string =>
  signal ? `ended by ${signal}` : `ended with code ${code}`;

/**
 * Starts one of our own processes and waits until it says that it is ready. It ends by itself when we are gone: the IPC
 * channel closes. In a session of its own, so that Ctrl-C reaches only us and we stop things in order.
 */
export async function startNodeProcess(options: NodeProcessOptions): Promise<NodeProcess> {
  const { name, script, env, output, patience, signal } = options;
  signal.throwIfAborted();
  const child = fork(script, [], {
    env,
    execArgv: NODE_FLAGS,
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('exit', (code, endSignal) => resolve({ code, signal: endSignal }));
    // Could not be started at all.
    child.once('error', () => child.pid ?? resolve({ code: null, signal: null }));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(insist);
  };
  const ready = new Promise<ReadyDetails>((resolve) => {
    child.on('message', (message) => {
      if (isReadyMessage(message)) resolve(message);
    });
  });

  const details = await firstOf(ready, ended, READY_WITHIN, signal);
  if (details === 'late' || details === 'aborted') {
    await stop();
    signal.throwIfAborted();
    throw new UserError(
      `The ${name} was not ready within ${READY_WITHIN / 1000} s; its messages say what it was waiting for.`,
    );
  }
  if ('code' in details) {
    signal.throwIfAborted();
    throw new UserError(`The ${name} ${describeEnd(details)} before it was ready; its own messages say why.`);
  }
  return { pid: child.pid as number, details, ended, stop, kill: () => void child.kill('SIGKILL') };
}

const firstOf = async (
  ready: Promise<ReadyDetails>,
  ended: Promise<ChildEnd>,
  within: number,
  signal: AbortSignal,
): Promise<ReadyDetails | ChildEnd | 'late' | 'aborted'> => {
  let settle: (outcome: 'late' | 'aborted') => void = () => {};
  const interrupted = new Promise<'late' | 'aborted'>((resolve) => {
    settle = resolve;
  });
  const timer = setTimeout(() => settle('late'), within);
  const abort = (): void => settle('aborted');
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([ready, ended, interrupted]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
};
