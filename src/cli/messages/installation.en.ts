import type { InstallationFinding } from '../../diagnosis/installation-findings.js';
import { amountOf, gibibytes } from './amounts.js';
import type { WordsFor } from './findings.en.js';

export type InstallationWords = WordsFor<InstallationFinding>;

const some = (count: number, examples: string[]): string =>
  `${examples.join(', ')}${count > examples.length ? ` and ${count - examples.length} more` : ''}`;

const OTHER_LISTENER = 'If it is the original service, start it with ENABLE_JOB_STATE_LISTENER=false.';

export const installationFindings: InstallationWords = {
  'configuration-unusable': ({ lines }) => [
    `The configuration cannot be used: ${lines.join('; ')}.`,
    'Correct these variables; .env.example names every one with its default.',
  ],
  'nothing-runs': ({ dataDir }) => [
    `No system was found: nothing runs on ${dataDir}, and no variable names one elsewhere.`,
    'Start it with "npm start", or name it by DATABASE_URL, TEMPORAL_ADDRESS and YH_BASE_URL.',
  ],
  'database-down': ({ at, trouble }) => [
    `PostgreSQL does not answer at ${at} (${trouble}): nothing can be read or written.`,
    'Start it, or correct DATABASE_URL; what was under way goes on when it is back.',
  ],
  'database-pooled': () => [
    'DATABASE_URL leads through a transaction pooler: sessions are lent from one statement to the next, so that LISTEN hears nothing.',
    'Name PostgreSQL itself, or a pool in session mode.',
  ],
  'notify-lost': ({ seconds }) => [
    `A notification to ourselves did not arrive within ${seconds} s: events are found by the sweep alone.`,
    'Does DATABASE_URL lead to PostgreSQL directly? Is what stands between dropping what it does not know?',
  ],
  'time-zone': ({ found }) => [
    `Sessions that name no time zone get ${found}; the original's clients expect Asia/Seoul. Ours name it themselves.`,
    "alter database … set timezone to 'Asia/Seoul'; it counts for new sessions.",
  ],
  'old-snapshot': ({ pid, holder, seconds, transactions }) => [
    `${holder}${pid === null ? '' : ` (pid ${pid})`} has had a transaction open for ${amountOf(seconds)} and ${transactions} others: nothing deleted since can be cleared away.`,
    pid === null ? 'Commit it or roll it back.' : `End it, or pg_terminate_backend(${pid}).`,
  ],
  'notification-queue': ({ share }) => [
    `The queue of notifications is ${Math.round(share * 100)} % full: some session listens and fetches nothing.`,
    'End the oldest transaction of a listening session (pg_stat_activity); when the queue is full, no write succeeds.',
  ],
  'migrations-pending': ({ names }) => [
    `The database lacks ${names.length === 1 ? 'a migration' : `${names.length} migrations`}: ${names.join(', ')}.`,
    'Run "npm run migrate" ("npm run migrate -- --adopt" on a database that held tables of these names before).',
  ],
  'schema-differs': ({ what, difference: { state, remedy } }) => [
    `${what} ${{ missing: 'is missing', differs: 'is not as the migrations leave it', disabled: 'is disabled', extra: 'is extra', 'not applied': 'is not applied' }[state]}.`,
    `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
  ],
  'foreign-listener': ({ pid, who, channel }) => [
    `${who} (pid ${pid}) listens on ${channel}: it may do the work a second time.`,
    OTHER_LISTENER,
  ],
  'doubling-listener': ({ pid, who, channel }) => [
    `${who} (pid ${pid}) listens on ${channel}: the original performs every stage a second time.`,
    OTHER_LISTENER,
  ],
  'namespace-missing': ({ namespace }) => [
    `Temporal has no namespace "${namespace}": nothing starts.`,
    `Correct TEMPORAL_NAMESPACE, or make it: temporal operator namespace create --namespace ${namespace}`,
  ],
  'retention-short': ({ namespace, hours }) => [
    `The namespace ${namespace} forgets closed runs after ${amountOf(hours * 3_600)}: their history is gone before anybody asks.`,
    `temporal operator namespace update --namespace ${namespace} --retention 72h`,
  ],
  'search-attributes-missing': ({ namespace, names }) => [
    `The namespace ${namespace} does not know the search attributes ${names.join(' and ')}: Temporal refuses every start.`,
    `temporal operator search-attribute create --namespace ${namespace} ${names.map((name) => `--name ${name} --type Keyword`).join(' ')}`,
  ],
  'fonts-missing': ({ trouble }) => [
    `A typeface cannot be drawn with: ${trouble}.`,
    'Run "npm ci" where the stage service runs.',
  ],
  'language-data-missing': ({ trouble }) => [
    `What text is read with is damaged or missing: ${trouble}.`,
    'Run "npm ci" where the stage service runs.',
  ],
  'folder-not-writable': ({ folder, trouble }) => [
    `Nothing can be written to ${folder} (${trouble}): no picture can be kept.`,
    'Give its folder to the user the processes run as, or name another (ASSETS_DIR, DATA_DIR).',
  ],
  'disk-full': ({ folder, freeBytes }) => [
    `${gibibytes(freeBytes)} are left for ${folder}: the next pictures will fail.`,
    'Make room. "feedlyai assets sweep" removes files that no row names.',
  ],
  'disk-low': ({ folder, freeBytes }) => [
    `${gibibytes(freeBytes)} are left for ${folder}.`,
    'Make room soon. "feedlyai assets sweep" removes files that no row names.',
  ],
  'clock-skew': ({ seconds }) => [
    `This machine's clock is ${amountOf(Math.abs(seconds))} ${seconds > 0 ? 'ahead of' : 'behind'} the database's: moments in logs and rows do not agree.`,
    'Let both follow a time server (NTP).',
  ],
  'dead-letters': ({ count, outboxIds, error }) => [
    `${count === 1 ? 'One event was' : `${count} events were`} given up: ${some(count, outboxIds)}${error ? ` (last: ${error})` : ''}.`,
    `Mend the reason, then: feedlyai intake redeliver ${outboxIds[0]}`,
  ],
  'outbox-stuck': ({ waiting, seconds, error }) => [
    `${waiting === 1 ? 'One event waits' : `${waiting} events wait`} for delivery, the oldest for ${amountOf(seconds)}${error ? `: ${error}` : ''}.`,
    "It is tried again at every sweep; the server's log says what stands in the way.",
  ],
  'rows-without-run': ({ count, examples }) => [
    `${count === 1 ? 'One row calls' : `${count} rows call`} for a run that is not open: ${some(count, examples)}.`,
    'feedlyai reconcile says why, and starts what is to be started.',
  ],
  'runs-without-row': ({ count, examples }) => [
    `${count === 1 ? 'One open run has' : `${count} open runs have`} lost the row: ${some(count, examples)}.`,
    'feedlyai reconcile wakes them; they end when they see that it is gone.',
  ],
  'check-failed': ({ check, trouble }) => [
    `The check "${check}" could not be made: ${trouble}.`,
    'Nothing is known of that part; mend what it names and look again.',
  ],
  'check-hung': ({ check, seconds }) => [
    `The check "${check}" had no answer within ${seconds} s.`,
    'Nothing is known of that part; see what it asks (database, Temporal, disk) for what does not answer.',
  ],
};
