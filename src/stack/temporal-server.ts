import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BoundChild, type ChildEnd, endBoundChild, startBoundChild } from './bound-child.js';
import { freePort, preferPort } from './ports.js';
import { endProcess, findProcesses } from './process-table.js';
import { findTemporalBinary } from './temporal-binary.js';
import { type Say, UserError } from './user-error.js';

const HOST = '127.0.0.1';
const DEFAULT_PORT = 7233;
const DEFAULT_UI_PORT = 8233;
const UP_WITHIN = 30_000;
const START_ATTEMPTS = 3;

export interface TemporalPorts {
  port: number;
  uiPort: number;
  metricsPort: number;
}

export interface TemporalServerOptions {
  dataDir: string;
  say: Say;
  /** Made at start if it is not "default". */
  namespace?: string;
  /** These ports and no others: a restart behind clients that know the address. */
  ports?: TemporalPorts;
  signal?: AbortSignal | undefined;
}

export interface EmbeddedTemporal {
  address: string;
  uiUrl: string;
  metricsUrl: string;
  pid: number;
  ports: TemporalPorts;
  ended: Promise<ChildEnd>;
  stop(): Promise<void>;
  /** At once; SQLite's journal keeps what was acknowledged. */
  kill(): void;
}

const databaseFile = (dataDir: string): string => path.join(dataDir, 'temporal', 'temporal.db');

/** Two servers on one file sometimes both run, and then each believes the other's tasks are its own. */
export const endTemporalOn = async (dataDir: string, say: Say): Promise<void> => {
  const file = databaseFile(dataDir);
  for (const pid of findProcesses((commandLine) => commandLine.includes(`--db-filename ${file} `))) {
    say(`ending the Temporal server that an earlier run left behind (pid ${pid})`);
    await endProcess(pid, ['SIGINT', 'SIGTERM']);
  }
};

/** The ports people know, where they are free. */
const choosePorts = async (): Promise<TemporalPorts> => {
  const port = await preferPort(DEFAULT_PORT, new Set([DEFAULT_UI_PORT]));
  const uiPort = await preferPort(DEFAULT_UI_PORT, new Set([port]));
  return { port, uiPort, metricsPort: await freePort(new Set([port, uiPort])) };
};

/** Ports nobody would look at by habit, for servers that must not be taken for the user's own. */
export const unusualPorts = async (): Promise<TemporalPorts> => {
  const port = await freePort();
  const uiPort = await freePort(new Set([port]));
  return { port, uiPort, metricsPort: await freePort(new Set([port, uiPort])) };
};

const serverArguments = (file: string, namespace: string, { port, uiPort, metricsPort }: TemporalPorts): string[] => [
  'server',
  'start-dev',
  ...['--db-filename', file],
  ...['--ip', HOST, '--port', String(port), '--ui-port', String(uiPort), '--metrics-port', String(metricsPort)],
  ...(namespace === 'default' ? [] : ['--namespace', namespace]),
  // Twice the throughput of SQLite's own defaults.
  ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
  ...['--search-attribute', 'JobId=Keyword', '--search-attribute', 'TenantId=Keyword'],
  // By default 20 looks into the queue a second, which puts 45 ms before every step of every workflow.
  ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000'],
  ...['--dynamic-config-value', 'history.timerProcessorMaxPollRPS=2000'],
  ...['--log-level', 'error'],
];

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: HOST });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/**
 * A first gRPC connect that is refused backs off for a full second, so the port has to be there before it. The metrics
 * port as well: nobody else could be the one who answers there, while a default port may be another server's by now.
 */
const waitForPorts = async (child: BoundChild, { port, metricsPort }: TemporalPorts, signal?: AbortSignal) => {
  const deadline = Date.now() + UP_WITHIN;
  while (!((await takesConnections(port)) && (await takesConnections(metricsPort)))) {
    signal?.throwIfAborted();
    if (child.hasEnded()) {
      await child.ended;
      throw new UserError(`The Temporal server ended at once: ${child.lastLines().at(-1) ?? 'no reason given'}`);
    }
    if (Date.now() > deadline) throw new UserError(`The Temporal server did not listen on port ${port} within 30 s.`);
    await delay(20);
  }
};

const launch = async (
  program: string,
  args: string[],
  ports: TemporalPorts,
  signal?: AbortSignal,
): Promise<BoundChild> => {
  const child = await startBoundChild(program, args, { signalAtOurDeath: 'INT' });
  try {
    await waitForPorts(child, ports, signal);
    return child;
  } catch (error) {
    await endBoundChild(child, ['SIGINT']);
    throw error;
  }
};

/**
 * Starts a Temporal development server on this DATA_DIR's file. The caller holds the DATA_DIR's lock.
 * @throws UserError when there is no server program, or it does not start.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<EmbeddedTemporal> {
  const { dataDir, say, namespace = 'default', signal } = options;
  const program = await findTemporalBinary({ say, signal });
  const file = databaseFile(dataDir);
  mkdirSync(path.dirname(file), { recursive: true });
  await endTemporalOn(dataDir, say);
  for (let attempt = 1; ; attempt++) {
    const ports = options.ports ?? (await choosePorts());
    try {
      return running(await launch(program, serverArguments(file, namespace, ports), ports, signal), ports);
    } catch (error) {
      // Somebody took a port between our look and the server's; then the next look finds it taken.
      if (attempt === START_ATTEMPTS || signal?.aborted || !/address already in use/.test((error as Error).message))
        throw error;
    }
  }
}

const running = (child: BoundChild, ports: TemporalPorts): EmbeddedTemporal => ({
  address: `${HOST}:${ports.port}`,
  uiUrl: `http://${HOST}:${ports.uiPort}`,
  metricsUrl: `http://${HOST}:${ports.metricsPort}/metrics`,
  pid: child.pid,
  ports,
  ended: child.ended,
  stop: () => endBoundChild(child, ['SIGINT']),
  kill: () => void child.process.kill('SIGKILL'),
});
