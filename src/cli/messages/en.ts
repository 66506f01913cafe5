import type { Ending } from '../jobs-watch.js';
import type { ReactionSeen } from '../../diagnosis/reaction.js';
import type { Statistics } from '../repeat.js';
import { brands } from './brands.en.js';
import { doctor } from './doctor.en.js';
import { endingText } from './ending-text.js';
import { findings } from './findings.en.js';
import { installationFindings } from './installation.en.js';
import { keys, orders } from './orders.en.js';
import { photos } from './photos.en.js';
import { words } from './words.en.js';

const rounded = (seconds: number): string =>
  seconds < 1 ? 'just now' : seconds < 90 ? `${Math.round(seconds)} s ago` : `${Math.round(seconds / 60)} min ago`;

const REACTIONS = {
  started: 'the pipeline has started',
  'no worker free': 'heard, but no worker is free to take it',
  failed: 'heard, but the first stage refused it',
  'not heard': 'NOT heard: the row is as it was written',
};

export const en = {
  examples: 'Examples:',
  exitCodes:
    'Exit codes: 0 fine; 1 not so (the answer says what); 2 the command line is wrong; 3 heard, but no worker is free; 4 heard, waits for something; 5 works, but see the warnings.',
  nothingRuns: (dataDir: string) =>
    `Nothing runs on ${dataDir}: start it with "npm start", or name the running system by DATABASE_URL, TEMPORAL_ADDRESS and YH_BASE_URL.`,
  noSuchJob: (id: string) => `There is no job ${id} in the database.`,
  ago: rounded,
  usage: {
    wholeNumber: (least: number, most: number) => `It must be a whole number from ${least} to ${most}.`,
    amount: 'It must be a number above 0.',
    uuid: 'It must be a UUID such as 0b5f6f0e-5f0c-4c0e-9a53-3d1c3f3a9b11.',
    tenantId: 'It may hold letters, digits, "_", "-" and ".", at most 255.',
    empty: 'It must not be empty.',
    oneOf: (names: string[]) => `It must be some of these, with commas between them: ${names.join(', ')}.`,
    age: 'It must be a duration such as 30s, 10m, 24h or 7d.',
    number: 'It must be a number.',
    place: 'It must be x,y or x,y,width,height, as shares of the photo from 0 to 1.',
    keyName: 'It may hold letters, digits, spaces, ".", "_" and "-", at most 63.',
  },
  program: 'Turns a food photo into Instagram advertisements: the operator’s tools.',
  help: {
    afterError: '(--help lists what there is)',
    option: 'show this help',
    command: 'show the help of a command',
    titles: { 'Usage:': 'Usage:', 'Arguments:': 'Arguments:', 'Options:': 'Options:', 'Commands:': 'Commands:' },
  },
  commands: {
    demo: 'turn a food photo into finished Instagram advertisements, from first row to last picture',
    migrate: 'apply what is missing of sql/ to the database',
    adopt: 'start work that was left over when this database was adopted',
    sql: 'run SQL on the database in use',
    reconcile: 'compare rows with workflows now, as the sweep does, and say what was found and done',
    quality: 'measure finished advertisements: is the text readable, and clear of the dish?',
    benchPictures: "measure the worker's pictures beside a plain script that makes the same ones",
    clean: 'remove DATA_DIR: database, workflows, pictures',
    sweepFiles: 'remove files that no row names, once they are older than ORPHAN_FILE_AGE',
    assets: 'the files under ASSETS_DIR',
    jobs: 'create, watch and report jobs',
    create: 'create test jobs that wait for YE: variants at (user_img_input, done); nothing starts by itself',
    full: 'create test jobs with every text and finished pictures, at (img_gen, done): they start at once',
    overlay: 'create a job with one variant per picture and this text on it; it starts at once',
    text: 'give a job its copy, also late: what waits for it goes on',
    watch: 'watch a job until it ends',
    report: 'report results: layout, chosen proposal, scores, judge, picture files',
    ye: 'play the YE part',
    simulate: 'write (img_gen, running) and (img_gen, done) for waiting variants, and report the reaction',
    listener: 'look at the part that listens',
    status: 'is every part alive, and when was that last proven?',
    trigger: 'look for what keeps a variant from moving',
    check: 'why a variant is where it is, and what to do about it',
    doctor: 'is everything here as it should be, and what to do about what is not',
    longrun: 'create jobs for hours and watch over them',
    longrunStart: 'start creating and watching in the background',
    longrunStop: 'stop both, and print their statistics',
    longrunMonitor: 'the watching half of a long run',
  },
  options: {
    json: 'answers as JSON, one line each',
    lang: 'language of the words (default: from LANG)',
    onlyChecks: 'these checks and what they need, with commas between them',
    once: 'one job, then end',
    waitForVariants: 'wait until the variants of each job are through, (iou_eval, done)',
    waitForFeed: 'wait until the feed is written, (instagram_feed_gen, done)',
    wait: 'wait until the variants are through, (iou_eval, done)',
    maxWait: 'give up waiting after so many minutes',
    createInterval: 'seconds from one job to the next',
    variantsCount: 'variants per job',
    tenantId: 'whose jobs',
    tenantCheck: 'refuse a job of anybody else',
    imagePaths: 'pictures; the first that exists is used (default: a drawn dish)',
    imagePath: 'the picture (default: a drawn dish)',
    descKor: 'what the shop says about the dish, in Korean',
    images: 'pictures, one variant each',
    text: 'the Korean text to draw',
    eng: 'English copy (ad_copy_eng)',
    kor: 'Korean copy (ad_copy_kor)',
    jobId: 'the job',
    variantId: 'job_variants_id of the variant',
    maxIterations: 'how often an interval is waited for',
    interval: 'seconds',
    until: 'enough when a variant is at this step',
    limit: 'newest jobs of the tenant',
    dryRun: 'only tell what would be written',
    testTrigger: 'prove it end to end: make a job, play YE, see the reaction, take everything away again',
    checkInterval: 'seconds between two counts',
    scanInterval: 'seconds between two looks',
    maxWaitMinutes: 'a job that takes longer is reported',
    logDir: 'where logs and PID files go (default: logs/longrun in DATA_DIR)',
  },
  create: {
    drawnDish: (name: string) => `no picture named: using a drawn dish (${name})`,
    noPicture: (paths: string) => `None of these pictures exists: ${paths}.`,
    created: (job: { jobId: string; variantIds: string[]; tenantId: string }) =>
      [
        `job ${job.jobId} (${job.tenantId}), variants: ${job.variantIds.length}`,
        ...job.variantIds.map((id) => `  ${id}`),
      ].join('\n'),
    waiting: 'waiting until its variants are through; Ctrl-C ends',
    completed: (jobId: string, state: string) => `job ${jobId}: ${state}`,
    statistics: ({ created, completed, failed, seconds }: Statistics) =>
      `created ${created}, completed ${completed}, failed ${failed}, in ${seconds} s`,
  },
  text: {
    otherTenant: (jobId: string, tenant: string) => `Job ${jobId} belongs to tenant ${tenant}.`,
    written: ({ adCopyEng, adCopyKor }: { adCopyEng?: string | undefined; adCopyKor?: string | undefined }) =>
      [...(adCopyEng ? [`ad_copy_eng: ${adCopyEng}`] : []), ...(adCopyKor ? [`ad_copy_kor: ${adCopyKor}`] : [])].join(
        '\n',
      ),
  },
  watch: {
    change: (percent: number, job: string, variants: string) =>
      `${String(percent).padStart(3)} %  job ${job}  ${variants}`,
    stalled: 'nothing has changed for a minute; "trigger check" on a variant says why',
    ending: (ending: Ending) => endingText(ending, ENDINGS),
  },
  report: {
    oneOf: 'name either --job-id or --tenant-id',
    none: (tenant: string) => `Tenant ${tenant} has no jobs.`,
    job: 'job',
    retries: (count: number) => (count === 0 ? 'no retries' : `${count} retries`),
    layout: 'text',
    proposal: (count: number, isOwn: boolean) =>
      `proposal: one of ${count}, ${isOwn ? 'made for this picture' : 'made for ANOTHER picture'}`,
    judge: 'judge',
    picture: 'picture',
    missing: '(the file is NOT there)',
    copy: 'copy',
  },
  simulate: {
    none: (where: string, tenant: string) =>
      `No variant of ${where} waits at (user_img_input, done). Make some: feedlyai jobs create --once --tenant-id ${tenant}`,
    dryRun: (ids: string[]) =>
      ['would write (img_gen, running), then (img_gen, done):', ...ids.map((id) => `  ${id}`)].join('\n'),
    written: (id: string) => `${id}: wrote (img_gen, running), then (img_gen, done)`,
    held: (id: string) => `${id}: NOT written, another transaction holds the row`,
    reaction: ({ variantId, step, status, reaction }: ReactionSeen) =>
      `${variantId}: ${REACTIONS[reaction]} (${step}, ${status})`,
  },
  status: {
    columns: ['', 'part', 'last proven'],
    neverProven: 'not proven',
    items: {
      server: 'server /health',
      intake: 'intake (ENABLE_JOB_STATE_LISTENER)',
      listener: 'listener',
      trigger: 'triggers and their functions',
      temporal: 'Temporal',
      workers: 'workers on ad-pipeline',
      'image-workers': 'workers on image-generation',
      stages: 'stage service',
      transactions: 'no forgotten transaction',
      reaction: 'reaction to (img_gen, done)',
    },
    testing: (jobId: string) => `testing with job ${jobId}`,
    cleanedUp: 'the test’s rows, files and runs are gone again',
    fine: 'Everything is alive.',
    notFine: 'Not everything is well: see the lines with an arrow.',
    log: 'In the server’s log: grep for "Job State Listener" and "Job Variant 상태 변화 감지".',
  },
  check: {
    row: (id: string, state: string, updatedAt: Date | null) =>
      `variant ${id} is at (${state}), updated_at ${updatedAt?.toISOString() ?? 'never set'}`,
  },
  longrun: {
    already: (pid: number, folder: string) =>
      `A long run is already under way (pid ${pid}, ${folder}): stop it first with "longrun stop".`,
    started: ({ part, pid, log }: { part: string; pid: number; log: string }) =>
      `${part} runs (pid ${pid}), log ${log}`,
    stopped: ({ part, pid }: { part: string; pid: number }) => `${part} stopped (pid ${pid})`,
    nothing: (folder: string) => `Nothing runs by the PID files in ${folder}.`,
    overdue: (jobId: string) => `job ${jobId} takes too long`,
    counts: ({
      seen,
      finished,
      failed,
      overdue,
    }: {
      seen: number;
      finished: number;
      failed: number;
      overdue: string[];
    }) => `jobs ${seen}, finished ${finished}, failed ${failed}, overdue ${overdue.length}`,
  },
  doctor,
  brands,
  photos,
  words,
  orders,
  keys,
  findings: { ...findings, ...installationFindings },
};

const ENDINGS: Record<Ending['ending'], string> = {
  finished: 'finished',
  resting: 'done as far as it goes',
  failed: 'failed',
  'over time': 'not finished within the time',
  reached: 'reached',
};

export type Catalogue = typeof en;
