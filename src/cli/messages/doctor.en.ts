import type { CheckName, Measurements } from '../../doctor/check.js';
import { amountOf, gibibytes } from './amounts.js';

/** A check's name for people, and what it has measured in a few words. */
export interface DoctorWords {
  looking: string;
  columns: [mark: string, check: string, found: string];
  names: Record<CheckName, string>;
  measured: { [N in CheckName]: (measured: Measurements[N]) => string };
  unknown: string;
  seeBelow: string;
  fine: (count: number) => string;
  notFine: (faults: number, warnings: number) => string;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
const milliseconds = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));

export const doctor: DoctorWords = {
  looking: 'looking at every part; this takes a few seconds',
  columns: ['', 'check', 'found'],
  names: {
    configuration: 'configuration',
    database: 'database',
    sessions: 'sessions, self-NOTIFY',
    notifications: 'notification queue',
    'time-zone': 'time zone',
    clock: 'clock',
    transactions: 'open transactions',
    schema: 'schema and functions',
    triggers: 'triggers',
    listeners: 'foreign listeners',
    server: 'server and listener',
    outbox: 'outbox, dead letters',
    temporal: 'Temporal',
    'search-attributes': 'search attributes',
    workers: 'workers',
    runs: 'rows and workflows',
    stages: 'stage service',
    drawing: 'fonts and OCR data',
    disk: 'disk',
  },
  measured: {
    configuration: ({ variables, source, pid, dataDir }) =>
      `${plural(variables, 'variable')} set; ${source === 'stack' ? `the stack on ${dataDir} (pid ${pid})` : 'the system they name'}`,
    database: ({ at, version, milliseconds: ms }) => `PostgreSQL ${version} at ${at} answers in ${milliseconds(ms)} ms`,
    sessions: ({ milliseconds: ms }) => `kept, no transaction pooler; heard ourselves after ${milliseconds(ms)} ms`,
    notifications: ({ share }) => `${(share * 100).toFixed(1)} % full`,
    'time-zone': ({ found }) => found,
    clock: ({ seconds }) => `${Math.abs(seconds).toFixed(2)} s apart from the database's`,
    transactions: ({ open, oldestSeconds, transactions }) =>
      open === 0
        ? 'none but ours'
        : `${open}, the oldest for ${amountOf(oldestSeconds)}; xmin held back by ${plural(transactions, 'transaction')}`,
    schema: ({ migrations, functions, objects, extra }) =>
      `${migrations} migrations, ${objects} objects (${functions} functions by hash) as they should be${extra.length > 0 ? `; others': ${extra.join(', ')}` : ''}`,
    triggers: ({ enabled }) => `all ${enabled} enabled`,
    listeners: ({ found, hidden }) =>
      (found === 0 ? 'none' : `${found} on jobs`) +
      (hidden > 0 ? `; ${plural(hidden, 'session')} of other roles cannot be seen into` : ''),
    server: ({ url, lastProvenAlive }) =>
      `${url}; listener proven ${lastProvenAlive ? `${amountOf(Math.max(0, (Date.now() - lastProvenAlive.getTime()) / 1_000))} ago` : 'never'}`,
    outbox: ({ waiting, held, oldestSeconds }) =>
      `no dead letters; ${waiting} waiting${waiting > 0 ? ` (oldest ${amountOf(oldestSeconds)})` : ''}, ${held} held`,
    temporal: ({ at, version, namespace, retentionHours }) =>
      `Temporal ${version} at ${at}, namespace ${namespace}, closed runs kept for ${amountOf(retentionHours * 3_600)}`,
    'search-attributes': ({ names }) => names.join(', '),
    workers: ({ queues, answered }) =>
      `${queues.map(({ queue, pollers }) => `${queue}: ${pollers}`).join(', ')}${answered ? '; one has answered' : ''}`,
    runs: ({ compared, open }) =>
      compared === 0 ? 'no row stands still' : `${plural(compared, 'row')} that stood still, ${open} with an open run`,
    stages: ({ url }) => url,
    drawing: ({ faces, languages }) => `${faces} faces drew a sample, ${languages.join(' and ')} unpacked`,
    disk: ({ folders }) => folders.map(({ folder, freeBytes }) => `${folder}: ${gibibytes(freeBytes)} free`).join(', '),
  },
  unknown: 'not known while what it needs is broken',
  seeBelow: 'see below',
  fine: (count) => `All ${count} checks are well.`,
  notFine: (faults, warnings) =>
    `${[...(faults > 0 ? [plural(faults, 'fault')] : []), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])].join(', ')}; what to do about it stands above.`,
};
