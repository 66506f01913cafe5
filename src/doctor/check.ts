import type { Client } from '@temporalio/client';
import type pg from 'pg';
import type { Pool } from '../db/pool.js';
import type { Finding } from '../diagnosis/findings.js';

/** Where the system that is examined is, and the connections to it. */
export interface Patient {
  pool: Pool;
  url: string;
  temporal: Client;
  serverUrl: string;
  stagesUrl: string;
  /** The original performs the stages. */
  stagesArePeer: boolean;
  assetsDir: string;
  dataDir: string;
  /** A session of its own, as the listener has one; the caller ends it. */
  connect(): Promise<Session>;
}

export interface Session extends Pick<pg.Client, 'query'> {
  on(event: 'notification', heard: () => void): unknown;
  end(): Promise<void>;
}

/** What each check has measured where it could look. */
export interface Measurements {
  configuration: { variables: number; source: 'stack' | 'environment'; pid: number | null; dataDir: string };
  database: { at: string; version: string; milliseconds: number };
  sessions: { milliseconds: number };
  'time-zone': { found: string };
  clock: { seconds: number };
  transactions: { open: number; oldestSeconds: number; transactions: number };
  notifications: { share: number };
  schema: { migrations: number; functions: number; objects: number; extra: string[] };
  triggers: { enabled: number };
  listeners: { found: number; hidden: number };
  server: { url: string; lastProvenAlive: Date | null };
  temporal: { at: string; version: string; namespace: string; retentionHours: number };
  'search-attributes': { names: string[] };
  workers: { queues: { queue: string; pollers: number }[]; answered: boolean };
  stages: { url: string };
  drawing: { faces: number; languages: string[] };
  disk: { folders: { folder: string; freeBytes: number }[] };
  outbox: { waiting: number; held: number; oldestSeconds: number };
  runs: { compared: number; open: number };
}

export type CheckName = keyof Measurements;

export interface Seen<N extends CheckName> {
  /** Null where there was nothing to measure. */
  measured: Measurements[N] | null;
  findings: Finding[];
}

/** Looks and says; it may throw or hang, and is answered for by whoever runs it. Changes nothing. */
export type Look<N extends CheckName> = (patient: Patient) => Promise<Seen<N>>;

export type Check = {
  [N in CheckName]: {
    name: N;
    /** It cannot be made while one of these is broken. */
    needs?: readonly CheckName[];
    /** It keeps the process busy, and would let others wait for answers that are there already. */
    computes?: true;
    look: Look<N>;
  };
}[CheckName];
