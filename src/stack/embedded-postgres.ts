import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type BoundChild, type ChildEnd, endBoundChild, startBoundChild } from './bound-child.js';
import { preferPort } from './ports.js';
import { findPostgresHome, type PostgresHome } from './postgres-home.js';
import { endPostgresOn } from './postgres-lock-file.js';
import { type Say, UserError } from './user-error.js';

const NAME = 'feedlyai';
const TIME_ZONE = 'Asia/Seoul';
const START_ATTEMPTS = 3;

export interface EmbeddedPostgresOptions {
  dataDir: string;
  say: Say;
  /** This port and no other: a restart behind clients that know the address. */
  port?: number;
  /** False gives up safety against a power cut for speed: tests only. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  /** With the password. */
  url: string;
  pid: number;
  port: number;
  ended: Promise<ChildEnd>;
  /** Open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
  /** At once; the next start recovers. */
  kill(): void;
}

/** Made once per DATA_DIR, readable by its owner only. */
const passwordOf = (dataDir: string): string => {
  const file = path.join(dataDir, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
};

/** Initialised aside and renamed: an initdb that was killed leaves nothing that looks like a database. */
const initialise = (home: PostgresHome, password: string, durable: boolean): void => {
  const aside = path.join(home.folder, 'data.new');
  const passwordFile = path.join(home.folder, 'initial-password');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (home.runAs) {
    for (const file of [aside, passwordFile]) chownSync(file, home.runAs.uid, home.runAs.gid);
  }
  try {
    const result = spawnSync(
      home.initdb,
      [
        ...['-D', aside, '-U', NAME, '-E', 'UTF8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
        // C.UTF-8 is everywhere on Linux, and nowhere else; C sorts the same way.
        `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
        ...(durable ? [] : ['--no-sync']),
      ],
      { cwd: '/', encoding: 'utf8', ...home.runAs },
    );
    if (result.status !== 0) {
      const why = result.error?.message ?? result.stderr.trim().split('\n').at(-1);
      throw new UserError(`PostgreSQL could not make its data folder in ${home.folder}: ${why}`);
    }
    renameSync(aside, home.dataFolder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(aside, { recursive: true, force: true });
  }
};

/** PostgreSQL notes its last command line itself. */
const lastPort = (home: PostgresHome): number | undefined => {
  const file = path.join(home.dataFolder, 'postmaster.opts');
  const match = existsSync(file) ? /"-p" "(\d+)"/.exec(readFileSync(file, 'utf8')) : null;
  return match ? Number(match[1]) : undefined;
};

const serverArguments = (home: PostgresHome, port: number, durable: boolean): string[] => [
  ...['-D', home.dataFolder, '-p', String(port)],
  // By address: "localhost" would also take the IPv6 port of somebody else. And no socket file in the temp folder.
  ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', `timezone=${TIME_ZONE}`],
  // Not durable means a test's: those also read the versions of rows from the log.
  ...(durable
    ? []
    : ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off', '-c', 'wal_level=logical']),
];

/** Starts the server and waits until it takes connections. */
const launch = async (home: PostgresHome, port: number, durable: boolean): Promise<BoundChild> => {
  let reportReady = (): void => {};
  const ready = new Promise<'ready'>((resolve) => {
    reportReady = () => resolve('ready');
  });
  const child = await startBoundChild(home.postgres, serverArguments(home, port, durable), {
    runAs: home.runAs,
    signalAtOurDeath: 'INT',
    onLine: (line) => {
      if (line.includes('ready to accept connections')) reportReady();
    },
  });
  if ((await Promise.race([ready, child.ended])) === 'ready') return child;
  const why = child.lastLines().find((line) => /FATAL|could not|error/i.test(line)) ?? child.lastLines().at(-1);
  throw new UserError(`PostgreSQL did not start from ${home.dataFolder}: ${why ?? 'it ended without a word'}`);
};

const launchSomewhere = async (home: PostgresHome, options: EmbeddedPostgresOptions) => {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await preferPort(attempt === 1 ? lastPort(home) : undefined));
    try {
      return { child: await launch(home, port, options.durable ?? true), port };
    } catch (error) {
      // Somebody took the port between our look and PostgreSQL's, or the last server's memory is still being released.
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
};

/** The database itself is made here and not by initdb, so that a start that was cut off between the two is completed. */
const ensureDatabase = async (port: number, password: string): Promise<void> => {
  const client = new pg.Client({ host: '127.0.0.1', port, user: NAME, password, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
    if (rowCount === 0) await client.query(`create database ${NAME}`);
    await client.query(`alter database ${NAME} set timezone to '${TIME_ZONE}'`);
  } finally {
    await client.end();
  }
};

/**
 * Starts the packaged PostgreSQL on this DATA_DIR, making its data the first time. The caller holds the DATA_DIR's lock.
 * @throws UserError when it cannot run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, say, durable = true } = options;
  const home = await findPostgresHome(dataDir, say);
  const password = passwordOf(dataDir);
  if (!existsSync(path.join(home.dataFolder, 'PG_VERSION'))) {
    say('making the PostgreSQL database (usually about a second)');
    initialise(home, password, durable);
  }
  await endPostgresOn(home.dataFolder, say);
  const { child, port } = await launchSomewhere(home, options);
  const stop = (): Promise<void> => endBoundChild(child, ['SIGINT', 'SIGQUIT']);
  try {
    await ensureDatabase(port, password);
  } catch (error) {
    await stop();
    throw new UserError(`The embedded PostgreSQL of ${dataDir} refused us: ${(error as Error).message}`);
  }
  return {
    url: `postgresql://${NAME}:${password}@127.0.0.1:${port}/${NAME}`,
    pid: child.pid,
    port,
    ended: child.ended,
    stop,
    kill: () => void child.process.kill('SIGQUIT'),
  };
}
