import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, type Pool } from '../../src/db/pool.js';
import { type CliAnswer, runCli } from '../support/cli.js';
import { openParts, type Parts } from '../support/parts.js';
import { untilRows } from '../support/road.js';
import { setVariant, VARIANT_STATE } from '../support/rows.js';

let parts: Parts;
let foreign: Pool;
beforeAll(async () => {
  parts = await openParts({
    // Nothing is found by a sweep: what moves was heard.
    SWEEP_INTERVAL: '10m',
    LISTENER_PROBE_INTERVAL: '1s',
    JOB_STATE_LISTENER_RECONNECT_DELAY: '1s',
    OVERLAY_TEXT_GRACE: '100ms',
  });
  foreign = createPool({ url: parts.database.url, name: 'foreign', size: 2, log: pino({ level: 'silent' }) });
  await Promise.all([parts.start('stages'), parts.start('worker'), parts.start('server')]);
  // One variant that went the whole way: workers prove themselves by answering about it.
  const { variantId } = await waitingVariant();
  await writeDone(variantId);
  await untilThrough(variantId);
});
afterAll(async () => {
  await foreign?.end();
  await parts?.close();
});

const cli = (...args: string[]): Promise<CliAnswer> => runCli(parts.env, ...args);

async function waitingVariant(): Promise<{ jobId: string; variantId: string }> {
  const { lines, stderr } = await cli('jobs', 'create', '--once', '--variants-count', '1', '--json');
  expect(lines, stderr).toMatchObject([{ event: 'created' }]);
  return { jobId: lines[0].jobId, variantId: lines[0].variantIds[0] };
}

/** The guide's two writes, by the guide's tool: what it calls the fault where nothing moved, and how it ended. */
const simulate = async (jobId: string) => {
  const { lines, code, stderr } = await cli('ye', 'simulate', '--job-id', jobId, '--json');
  expect(lines, stderr).toHaveLength(1);
  return { faults: faultsOf(lines[0].findings), code };
};

/** The same by hand. */
async function writeDone(variantId: string): Promise<void> {
  await setVariant(foreign, variantId, 'img_gen', 'running');
  await setVariant(foreign, variantId, 'img_gen', 'done');
}

const untilThrough = (variantId: string): Promise<void> =>
  untilRows(parts.database.url, VARIANT_STATE, [variantId], 'iou_eval/done');

const faultsOf = (findings: any[]): string[] =>
  findings.filter(({ severity }) => severity === 'fault').map(({ code }) => code);

/** Codes of everything the doctor finds, each once, and the exit code. */
const doctor = async () => {
  const { lines, code, stderr } = await cli('doctor', '--json');
  expect(lines, stderr).toHaveLength(1);
  const found = lines[0].checks.flatMap((check: any) => check.findings.map((finding: any) => finding.code));
  return { found: [...new Set(found)], code };
};

/** Codes of what is wrong, and the exit code. */
const check = async (variantId: string) => {
  const { lines, code, stderr } = await cli('trigger', 'check', variantId, '--json');
  expect(lines, stderr).toHaveLength(1);
  return { faults: faultsOf(lines[0].findings), code, findings: lines[0].findings };
};

/** Items that are not well, and the exit code. */
const status = async (...flags: string[]) => {
  const { lines, code, stderr } = await cli('listener', 'status', '--json', ...flags);
  expect(lines, stderr).toHaveLength(1);
  const bad = lines[0].items.filter((item: any) => item.ok === false).map((item: any) => item.item);
  return { bad, code };
};

/** What is broken, and what is mended, shows within seconds; a look takes as long as the machine is busy. */
const POLL = { timeout: 60_000 };

const TRIGGER = 'job_variant_state_change_trigger';

let forgetful: pg.Client | undefined;

interface Fault {
  name: string;
  breakIt(variantId: string): Promise<unknown>;
  mend(): Promise<unknown>;
  /** What `trigger check` must call it, and where `listener status` must show it. */
  code: string;
  item: string;
  exitCode?: number;
  /** What was written is taken up all the same, and what is broken shows later. */
  isHeard?: true;
  /** What was written meanwhile left no trace, so the writer has to repeat it. */
  isLost?: true;
}

const FAULTS: Fault[] = [
  {
    name: 'worker stopped',
    breakIt: () => parts.stop('worker'),
    mend: () => parts.start('worker'),
    code: 'no-worker',
    item: 'workers',
    exitCode: 3,
  },
  {
    name: 'listener cut',
    breakIt: async () => parts.proxy.cut('feedlyai-listener'),
    mend: async () => parts.proxy.mend(),
    code: 'listener-cut',
    item: 'listener',
  },
  {
    name: 'trigger dropped',
    breakIt: () => foreign.query(`drop trigger ${TRIGGER} on jobs_variants`),
    // As the remedy says.
    mend: async () => expect((await cli('migrate', '--adopt')).code).toBe(0),
    code: 'trigger-missing',
    item: 'trigger',
    isLost: true,
  },
  {
    name: 'trigger disabled',
    breakIt: () => foreign.query(`alter table jobs_variants disable trigger ${TRIGGER}`),
    mend: async () => expect((await cli('migrate', '--adopt')).code).toBe(0),
    code: 'trigger-disabled',
    item: 'trigger',
    isLost: true,
  },
  {
    name: 'transaction left open',
    async breakIt(variantId) {
      forgetful = new pg.Client({ connectionString: parts.database.url, application_name: 'forgetful' });
      await forgetful.connect();
      await forgetful.query('begin');
      await forgetful.query(
        `update jobs_variants set current_step = 'img_gen', status = 'done', updated_at = current_timestamp where job_variants_id = $1`,
        [variantId],
      );
    },
    async mend() {
      await forgetful?.query('commit');
      await forgetful?.end();
    },
    code: 'not-committed',
    item: 'transactions',
  },
  {
    name: 'stage service down',
    breakIt: () => parts.stop('stages'),
    mend: () => parts.start('stages'),
    code: 'stages-down',
    item: 'stages',
    isHeard: true,
  },
  {
    name: 'intake disabled',
    async breakIt() {
      await parts.stop('server');
      await parts.start('server', { ENABLE_JOB_STATE_LISTENER: 'false' });
    },
    async mend() {
      await parts.stop('server');
      await parts.start('server');
    },
    code: 'intake-off',
    item: 'intake',
  },
  {
    name: 'intake paused',
    breakIt: async () => expect((await cli('intake', 'pause')).code).toBe(0),
    mend: async () => expect((await cli('intake', 'resume')).code).toBe(0),
    code: 'intake-paused',
    item: 'intake',
  },
];

describe('scenario 31: a healthy system', () => {
  it('has no fault by any tool', async () => {
    const { jobId, variantId } = await waitingVariant();
    expect(await doctor()).toEqual({ found: [], code: 0 });
    expect(await status()).toEqual({ bad: [], code: 0 });
    expect(await simulate(jobId)).toEqual({ faults: [], code: 0 });
    await untilThrough(variantId);
    expect(await check(variantId)).toMatchObject({ faults: [], code: 0 });
  });
});

describe('scenario 31: each fault is named, and no other', () => {
  it.each(FAULTS)('$name', async ({ breakIt, mend, code, item, exitCode = 1, isHeard, isLost }) => {
    const { jobId, variantId } = await waitingVariant();
    await breakIt(variantId);
    try {
      expect(await simulate(jobId)).toEqual(isHeard ? { faults: [], code: 0 } : { faults: [code], code: exitCode });
      await Promise.all([
        // A transaction counts as forgotten after a second.
        expect.poll(() => check(variantId), POLL).toMatchObject({ faults: [code], code: exitCode }),
        expect.poll(status, POLL).toEqual({ bad: [item], code: 1 }),
        expect.poll(doctor, POLL).toEqual({ found: [code], code: 1 }),
      ]);
    } finally {
      await mend();
    }
    if (isLost) await writeDone(variantId);
    await untilThrough(variantId);
    await Promise.all([
      expect
        .poll(() => check(variantId), POLL)
        .toMatchObject({ faults: [], code: 0, findings: [{ code: 'finished' }] }),
      // The listener proves itself within its own interval.
      expect.poll(status, POLL).toEqual({ bad: [], code: 0 }),
      expect.poll(doctor, POLL).toEqual({ found: [], code: 0 }),
    ]);
  });
});

describe('scenario 31: the tools without a worker', () => {
  it('say that it was heard, and clean up after themselves', async () => {
    const { jobId, variantId } = await waitingVariant();
    await parts.stop('worker');
    try {
      const simulated = await cli('ye', 'simulate', '--job-id', jobId, '--json');
      expect(simulated.code).toBe(3);
      expect(simulated.lines[0].variants).toMatchObject([
        { variantId, step: 'vlm_analyze', status: 'queued', reaction: 'no worker free' },
      ]);
      expect(simulated.lines[0].findings).toMatchObject([{ code: 'no-worker' }]);

      expect(await status('--test-trigger', '--tenant-id', 'trigger_test')).toEqual({
        bad: ['workers', 'reaction'],
        code: 1,
      });
      const watched = await cli('jobs', 'watch', jobId, '1', '0.5', '--json');
      expect(watched).toMatchObject({ code: 1, lines: [{ ending: 'over time', state: 'user_img_input/done' }] });
    } finally {
      await parts.start('worker');
    }
    await untilThrough(variantId);
    expect(await status('--test-trigger', '--tenant-id', 'trigger_test')).toEqual({ bad: [], code: 0 });
    const { rows } = await foreign.query(
      `select (select count(*)::int from jobs where tenant_id = 'trigger_test') as jobs,
              (select count(*)::int from image_assets where tenant_id = 'trigger_test') as pictures,
              (select count(*)::int from pipeline.runs r left join jobs_variants v using (job_variants_id)
                where v.job_variants_id is null) as runs`,
    );
    expect(rows).toEqual([{ jobs: 0, pictures: 0, runs: 0 }]);
  });
});
