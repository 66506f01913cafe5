import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Script } from '../../../src/stages/engines/scripted/script.js';
import { plainPicture } from './pictures.js';
import { type Answer, SERVICE_NAME, StageBench, type Variant } from './stage-bench.js';

const JOBS = 50;
const VARIANTS = JOBS * 3;
const POOL = 10;
const SLOW_MS = 20;

const script: Script = {
  'vision.analyze': {
    delayMs: SLOW_MS,
    answer: () => ({
      is_valid: true,
      image_quality_ok: true,
      relevance_score: 0.9,
      analysis: 'as the script says',
      issues: [],
      recommendations: [],
      font_recommendation: null,
    }),
  },
  'detection.detect': {
    delayMs: SLOW_MS,
    answer: async () => ({ width: 64, height: 64, objects: [], maskPng: await plainPicture('#000000', 64) }),
  },
};

let bench: StageBench;
let watcher: pg.Client;
let variants: Variant[];
beforeAll(async () => {
  bench = await StageBench.open({ script, poolSize: POOL, picturesAtOnce: 1 });
  watcher = new pg.Client({ connectionString: bench.databaseUrl, application_name: 'watcher' });
  await watcher.connect();
  const picture = await plainPicture('#888888', 64);
  const jobs = await Promise.all(Array.from({ length: JOBS }, () => bench.addJob()));
  variants = await Promise.all([...jobs, ...jobs, ...jobs].map((jobId) => bench.addVariant(picture, { jobId })));
});
afterAll(async () => {
  await watcher.end();
  await bench.close();
});

/** Looks at the server's own list of connections again and again until the work has ended; tells the most it saw. */
async function mostConnectionsDuring(work: Promise<unknown>): Promise<number> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  let most = 0;
  while (!isOver) {
    const { rows } = await watcher.query<{ count: number }>(
      'select count(*)::integer as count from pg_stat_activity where application_name = $1 and datname = current_database()',
      [SERVICE_NAME],
    );
    most = Math.max(most, rows[0]?.count ?? 0);
  }
  await over;
  return most;
}

test.each([
  ['vlm_analyze', 'vision.analyze'],
  ['yolo_detect', 'detection.detect'],
] as const)(
  'scenario 25: %s of 150 variants at once, a pool of 10, one engine slot',
  async (stage, operation) => {
    const claims: [Variant, string][] = [];
    for (const variant of variants) {
      const { key } = await bench.claim(stage, { unitId: variant.variantId, jobId: variant.jobId });
      claims.push([variant, key]);
    }
    const calls: Promise<Answer>[] = claims.map(([variant, key]) => bench.call(stage, bench.ids(variant), key));
    const most = await mostConnectionsDuring(Promise.all(calls));

    const answers = await Promise.all(calls);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(POOL);
    const { ledger } = bench.engines;
    expect([ledger.started(operation), ledger.mostActive(operation)]).toEqual([VARIANTS, 1]);
    expect(
      await bench.query('select current_step, status, count(*)::integer from jobs_variants group by 1, 2'),
    ).toEqual([{ current_step: stage, status: 'done', count: VARIANTS }]);
  },
  180_000,
);

test('scenario 25: while engines work, nobody holds a connection', async () => {
  const vision = script['vision.analyze'] as { hang?: number };
  vision.hang = 1;
  bench.engines.ledger.clear();
  const waiting = variants.slice(0, 30).map((variant) => bench.call('vlm_analyze', bench.ids(variant)));
  // All thirty are leased, one is at work, the others queue for its slot.
  await bench.until('select count(*) = 30 from pipeline.answers where saved_at is null');
  await bench.engines.ledger.whenStarted('vision.analyze', 1);
  const { rows } = await watcher.query(
    `select from pg_stat_activity where application_name = $1 and datname = current_database() and state like 'idle in transaction%'`,
    [SERVICE_NAME],
  );
  expect(rows).toEqual([]);
  bench.engines.release();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 200));
});
