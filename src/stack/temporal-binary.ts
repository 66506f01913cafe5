import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '../config/package-root.js';
import { startBoundChild } from './bound-child.js';
import { cacheFolder } from './cache-folder.js';
import { type LockFile, takeLock } from './lock-file.js';
import { timed } from './step-clock.js';
import { type Say, UserError } from './user-error.js';

/** The newest Temporal CLI that `go install` can build: later ones carry a `replace` in their go.mod. */
export const TEMPORAL_VERSION = '1.5.1';
const SOURCE = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_VERSION}`;
const PROGRAM = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

export interface BinarySearch {
  say: Say;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  /** The ways to make a binary that is not there; a test hands in its own. */
  makers?: Maker[];
}

/** Puts the program into `folder`, or throws the reason why it cannot. */
export interface Maker {
  name: string;
  make(folder: string, search: BinarySearch): Promise<void>;
}

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

export const findOnPath = (program: string, env: NodeJS.ProcessEnv): string | undefined =>
  (env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, program))
    .find(isProgram);

/** Runs a program to its end. @throws its last line when it fails, or when told to stop. */
const run = async (program: string, args: string[], env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void> => {
  signal?.throwIfAborted();
  const child = await startBoundChild(program, args, { env, signalAtOurDeath: 'TERM' });
  // The whole group: Go's compilers would work on for a while without it.
  const stop = (): void => void process.kill(-child.pid, 'SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  const { code } = await child.ended;
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(child.lastLines().at(-1) ?? `${path.basename(program)} ended with code ${code}`);
};

/** Refused within milliseconds where the internet is closed, so trying it before a build costs nothing. */
const download: Maker = {
  name: 'the official download',
  async make(folder, { say, env = process.env, signal }) {
    const script = path.join(packageRoot, 'dist', 'src', 'stack', 'temporal-download.js');
    await timed(say, 'downloading the Temporal server', 'less than a minute', () =>
      run(process.execPath, [script, folder], env, signal),
    );
    const [file] = readdirSync(folder);
    if (!file) throw new Error('the download left no file');
    renameSync(path.join(folder, file), path.join(folder, PROGRAM));
  },
};

const buildFromSource: Maker = {
  name: 'building it with Go',
  async make(folder, { say, env = process.env, signal }) {
    const go = findOnPath(process.platform === 'win32' ? 'go.exe' : 'go', env);
    if (!go) throw new Error('Go is not on PATH');
    await timed(
      say,
      `building the Temporal server ${TEMPORAL_VERSION} from its source, once for this user`,
      'about 4 minutes on 2 cores',
      () => run(go, ['install', '-ldflags', '-s -w', SOURCE], { ...env, GOBIN: folder }, signal),
    );
  },
};

/** Waits for whoever makes the binary now: two builds at once take twice as long. */
const lockOf = async (folder: string, { say, signal }: BinarySearch): Promise<LockFile<object>> => {
  for (let told = false; ; told = true) {
    const lock = takeLock(`${folder}.lock`, {});
    if (lock) return lock;
    if (!told) say('waiting for another process that is getting the Temporal server');
    await delay(500, undefined, signal ? { signal } : {});
  }
};

/** Made aside and renamed, so that what is found in the cache is always whole. */
const makeInto = async (cached: string, search: BinarySearch): Promise<string[]> => {
  const folder = path.dirname(cached);
  const failures: string[] = [];
  for (const maker of search.makers ?? [download, buildFromSource]) {
    const aside = `${folder}.new`;
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    try {
      await maker.make(aside, search);
      mkdirSync(folder, { recursive: true });
      renameSync(path.join(aside, PROGRAM), cached);
      return [];
    } catch (error) {
      search.signal?.throwIfAborted();
      search.say(`${maker.name} did not work: ${(error as Error).message}`);
      failures.push(`${maker.name}: ${(error as Error).message}`);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  }
  return failures;
};

/**
 * The program that is the Temporal server: on PATH, from this user's cache, or made now and kept in the cache.
 * @throws UserError that names every way to have one.
 */
export async function findTemporalBinary(search: BinarySearch): Promise<string> {
  const env = search.env ?? process.env;
  const onPath = findOnPath(PROGRAM, env);
  if (onPath) return onPath;
  const cached = path.join(cacheFolder(env), `temporal-${TEMPORAL_VERSION}`, PROGRAM);
  if (isProgram(cached)) return cached;

  const lock = await lockOf(path.dirname(cached), search);
  try {
    if (isProgram(cached)) return cached;
    const failures = await makeInto(cached, search);
    if (failures.length === 0) return cached;
    throw new UserError(
      `There is no Temporal server and none could be had (${failures.join('; ')}). Do one of these: set TEMPORAL_ADDRESS ` +
        'to a server that runs; install the Temporal CLI so that "temporal" is on PATH; put its program at ' +
        `${cached}; allow downloads from temporal.download; install Go and run this again.`,
    );
  } finally {
    lock.release();
  }
}
