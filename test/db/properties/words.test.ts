import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { stageCalledFor } from '../../../src/db/variant-claims.js';
import { INPUT_STEP, JOB_STAGES, STATUSES, VARIANT_STAGES } from '../../../workflows/contract.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

/* SQL and TypeScript each spell the road. Every combination is asked, so that neither can change alone. */

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'words', size: 2, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const STEPS = [INPUT_STEP, ...VARIANT_STAGES, ...JOB_STAGES, 'job_created', 'nonsense'];
const COMBINATIONS = STEPS.flatMap((step) => [...STATUSES, 'sleeping'].map((status) => ({ step, status })));

interface Answer {
  step: string;
  status: string;
  place: number | null;
  calls: boolean;
  settled: boolean;
  progress: number | null;
}

const ask = async (): Promise<Answer[]> => {
  const { rows } = await pool.query<Answer>(
    `select c.step, c.status, pipeline.step_order(c.step) as place, pipeline.calls_for_work(c.step, c.status) as calls,
            pipeline.is_settled(c.step, c.status) as settled, pipeline.progress(c.step, c.status) as progress
       from json_to_recordset($1::json) as c (step text, status text)`,
    [JSON.stringify(COMBINATIONS)],
  );
  return rows;
};

it('both know the same places, in the same order', async () => {
  for (const { step, place } of await ask()) {
    const expected = ([...VARIANT_STAGES, ...JOB_STAGES] as string[]).indexOf(step);
    expect({ step, place }).toEqual({ step, place: expected < 0 ? null : expected });
  }
});

it('both know which states ask for work, and which are the end', async () => {
  for (const { step, status, calls, settled } of await ask()) {
    // `running` asks nobody new; a run that finds its own row so goes on with it.
    const asks = status !== 'running' && stageCalledFor(step, status) !== undefined;
    expect({ step, status, calls }).toEqual({ step, status, calls: asks });
    expect({ step, status, settled }).toEqual({
      step,
      status,
      settled: status === 'failed' || (step === 'iou_eval' && status === 'done'),
    });
  }
});

it('progress grows along the road, and failed is no place on it', async () => {
  const onTheRoad = (await ask()).filter(
    ({ step, status }) =>
      (step === INPUT_STEP || (VARIANT_STAGES as readonly string[]).includes(step)) &&
      ['queued', 'running', 'done'].includes(status),
  );
  expect(onTheRoad).toHaveLength(30);
  const places = onTheRoad.map(({ progress }) => progress as number);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(places).size).toBe(places.length);
  for (const { status, progress } of await ask()) {
    if (status === 'failed' || status === 'sleeping') expect(progress).toBeNull();
  }
});
