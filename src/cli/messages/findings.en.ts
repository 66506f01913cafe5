import type { RoadFinding } from '../../diagnosis/findings.js';

/** What was found, and the remedy where there is one. */
export type WordsFor<F extends { code: string }> = {
  [C in F['code']]: (found: Extract<F, { code: C }>) => [what: string, remedy?: string];
};
export type FindingWords = WordsFor<RoadFinding>;

const PUT_RIGHT = 'Run "npm run migrate -- --adopt", which puts it right.';
const HEARD_LATER =
  'The sweep finds what was written meanwhile; at once: write (img_gen, running) and (img_gen, done) once more.';

const since = (at: Date | null): string => (at ? `since ${at.toISOString()}` : 'and has not done so yet');

export const findings: FindingWords = {
  'server-down': ({ url, trouble }) => [
    `The server does not answer at ${url} (${trouble}): nothing is heard.`,
    'Start it (npm start, or npm run start:server); what was written meanwhile is picked up then.',
  ],
  'intake-off': () => [
    'Intake is switched off: the server runs with ENABLE_JOB_STATE_LISTENER=false.',
    'Start the server without it; what was written meanwhile is picked up then.',
  ],
  'intake-paused': ({ tenantId, actor, since: at }) => [
    `Intake is paused for ${tenantId ? `tenant ${tenantId}` : 'everybody'} by ${actor}, since ${new Date(at).toISOString()}.`,
    `feedlyai intake resume${tenantId ? ` --tenant-id ${tenantId}` : ''}; it goes on with what it held.`,
  ],
  'listener-cut': ({ lastProvenAlive, trouble }) => [
    `The listener has no connection (${trouble ?? 'no reason known'}); it last proved itself ${lastProvenAlive ? `at ${lastProvenAlive.toISOString()}` : 'never'}.`,
    'It reconnects by itself. If it does not: does DATABASE_URL lead to PostgreSQL directly, not through a transaction pooler?',
  ],
  'trigger-missing': ({ trigger, table }) => [
    `The trigger ${trigger} on ${table} is missing: what is written to the table is not noticed.`,
    `${PUT_RIGHT} ${HEARD_LATER}`,
  ],
  'trigger-disabled': ({ trigger, table }) => [
    `The trigger ${trigger} on ${table} is disabled: what is written to the table is not noticed.`,
    `${PUT_RIGHT} ${HEARD_LATER}`,
  ],
  'trigger-wrong-function': ({ trigger, calls }) => [
    `The trigger ${trigger} calls ${calls}, which is not its function.`,
    PUT_RIGHT,
  ],
  'temporal-down': ({ trouble }) => [
    `Temporal cannot be reached (${trouble}): nothing starts.`,
    'Start it, or correct TEMPORAL_ADDRESS; what waits is started when it is back.',
  ],
  'no-worker': ({ queue, lastPoll }) => [
    `No worker takes tasks from the queue ${queue}; the last one asked for some ${lastPoll ? `at ${lastPoll.toISOString()}` : 'never'}.`,
    'Start one: npm run start:worker. What waits in the queue begins at once.',
  ],
  'stages-down': ({ url, trouble }) => [
    `The stage service does not answer at ${url} (${trouble}): stages are repeated until it is back.`,
    'Start it: npm run start:stages, or correct YH_BASE_URL. Nothing is counted as a retry meanwhile.',
  ],
  'not-committed': ({ pid, user, application, state, seconds, query }) => [
    `A transaction that changed this has not been committed for ${Math.round(seconds)} s: pid ${pid} (${application ?? 'no application name'}, user ${user ?? 'unknown'}, ${state ?? 'state unknown'})${query ? `, last statement: ${query.replaceAll(/\s+/g, ' ').slice(0, 120)}` : ''}.`,
    `Commit it. Only after the commit can anybody see the change; pg_terminate_backend(${pid}) undoes it.`,
  ],
  'unknown-variant': ({ variantId }) => [
    `There is no variant ${variantId} in the database.`,
    'Is it a job_variants_id (not a job_id), and was its INSERT committed?',
  ],
  'wrong-step': ({ step }) => [
    `current_step is "${step ?? 'NULL'}", which is no step of this pipeline.`,
    "Write current_step = 'img_gen', exactly so.",
  ],
  'wrong-status': ({ status }) => [
    `status is "${status ?? 'NULL'}", which is none of queued, running, done, failed.`,
    "Write status = 'done', exactly so.",
  ],
  'no-picture': () => [
    'The variant has no picture: img_asset_id is NULL.',
    'Set img_asset_id to the generated picture’s row in image_assets.',
  ],
  'before-adoption': () => [
    'The row is older than this system’s adoption of the database, so it counts as history.',
    'Write (img_gen, running) and (img_gen, done) again with updated_at = CURRENT_TIMESTAMP; "feedlyai adopt --since <moment>" starts all that is newer than that.',
  ],
  'not-heard': () => [
    'The row calls for work, but no event of it was recorded: it was written while the trigger was off, or long before.',
    'The sweep finds such a row once it has been still for a few seconds. At once: write (img_gen, running) and (img_gen, done) once more.',
  ],
  'dead-letter': ({ attempts, error }) => [
    `Its event was given up after ${attempts} attempts: ${error ?? 'no reason recorded'}.`,
    'Mend the reason, then write (img_gen, running) and (img_gen, done) once more.',
  ],
  failed: ({ stage, reason }) => [
    `The variant has failed at ${stage}: ${reason ?? 'no reason was recorded'}.`,
    `Mend the reason and write (img_gen, done) again: it begins anew.`,
  ],
  'workers-busy': ({ queue, what, seconds }) => [
    `Heard, and waiting for a free worker: its ${what} task has been in the queue ${queue} for ${Math.round(seconds)} s.`,
    'Workers are there, all at work. Wait, or add a worker (npm run start:worker).',
  ],
  'waiting-for-text': ({ evidence, stage, since: at }) => [
    `Heard, and waiting for text: ${stage} needs ${evidence}, ${since(at)}.`,
    'Write it (feedlyai jobs text <job-id>, or JS does); it goes on at once.',
  ],
  retrying: ({ stage, failures, reason }) => [
    `${stage} has failed ${failures} times and is repeated: ${reason ?? 'no reason recorded'}.`,
    'Mend the reason before the last retry; the Web UI of Temporal shows when the next is due.',
  ],
  'dependency-away': ({ stage, since: at, reason }) => [
    `${stage} waits for what it needs, away ${since(at)}: ${reason ?? 'no reason recorded'}.`,
    'It goes on by itself when that is back.',
  ],
  'in-the-outbox': ({ seconds, error }) => [
    `Heard by the trigger; its event has been waiting for delivery for ${Math.round(seconds)} s${error ? `: ${error}` : ''}.`,
    'It is delivered within a moment, after trouble within the sweep interval. Look again.',
  ],
  running: ({ stage, status }) => [`Heard, and on its way: (${stage}, ${status}).`],
  'ye-turn': ({ step, status }) => [
    `It is YE’s turn: (${step}, ${status}). Nothing happens before YE has written (img_gen, done).`,
    "update jobs_variants set current_step = 'img_gen', status = 'done', updated_at = CURRENT_TIMESTAMP where job_variants_id = …; and commit.",
  ],
  finished: () => ['It is through: (iou_eval, done).'],
  'updated-at-unchanged': ({ updatedAt }) => [
    `updated_at is ${updatedAt ? updatedAt.toISOString() : 'NULL'}, older than the last change: whoever wrote did not set it. We heard it all the same.`,
    'Write updated_at = CURRENT_TIMESTAMP with every change; others rely on it.',
  ],
};
