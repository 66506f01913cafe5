import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identityOf } from './process-table.js';

/** Who holds a lock. The number alone is not enough: the system gives it to another process after a while. */
export interface Holder {
  pid: number;
  identity: string;
}

export interface LockFile<Details extends object> {
  /** Replaces what the file says beside the holder, in one step: readers see the old or the new text. */
  update(details: Details): void;
  release(): void;
}

const parse = <Details extends object>(text: string | null): (Holder & Details) | null => {
  try {
    return text === null ? null : (JSON.parse(text) as Holder & Details);
  } catch {
    return null;
  }
};

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

const isHeld = (holder: Holder): boolean => identityOf(holder.pid) === holder.identity;

/** What the file says, when its holder is alive. */
export function readLock<Details extends object>(file: string): (Holder & Details) | null {
  const found = parse<Details>(readText(file));
  return found && isHeld(found) ? found : null;
}

/** What a holder that died left written, for whoever tidies up after it. */
export function readAbandonedLock<Details extends object>(file: string): (Holder & Details) | null {
  const found = parse<Details>(readText(file));
  return found && !isHeld(found) ? found : null;
}

/**
 * Takes the lock, also from a holder that is no more; null when a living process holds it.
 * The file appears with its whole text (written aside, then linked), so nobody reads half of it.
 */
export function takeLock<Details extends object>(file: string, details: Details): LockFile<Details> | null {
  mkdirSync(path.dirname(file), { recursive: true });
  const me: Holder = { pid: process.pid, identity: identityOf(process.pid) ?? '' };
  const aside = `${file}.${process.pid}`;
  const write = (current: Details): void =>
    writeFileSync(aside, `${JSON.stringify({ ...me, ...current }, null, 2)}\n`, { mode: 0o600 });
  write(details);
  try {
    while (!linkIfAbsent(aside, file)) {
      const found = readText(file);
      const holder = parse<Details>(found);
      if (found === null) continue;
      if (holder && isHeld(holder)) return null;
      removeStale(file, found);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  return {
    update(current) {
      write(current);
      renameSync(aside, file);
    },
    release() {
      if (parse<Details>(readText(file))?.identity === me.identity) rmSync(file, { force: true });
    },
  };
}

const linkIfAbsent = (from: string, to: string): boolean => {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** Two may find the same stale file; who renames a newer one by mistake puts it back. */
const removeStale = (file: string, seen: string): void => {
  const taken = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, taken);
  } catch {
    return;
  }
  if (readText(taken) !== seen) linkIfAbsent(taken, file);
  rmSync(taken, { force: true });
};
