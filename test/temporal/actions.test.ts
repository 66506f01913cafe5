import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE } from '../support/rows.js';
import { billableActions } from '../support/temporal.js';

const VARIANTS = 3;
const ALLOWED = 10 * VARIANTS + 3;

let road: Road;
beforeAll(async () => {
  road = await openRoad();
});
afterAll(() => road?.close());

it(`costs at most ${ALLOWED} billable actions for a job of ${VARIANTS} variants, counted by the server`, async () => {
  const { jobId } = await insertJob(road.foreign, { variants: VARIANTS });
  await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
  const actions = await billableActions(road.namespace);
  // Every start and every stage is one at least: a count below that would mean that nothing was counted.
  expect(actions).toBeGreaterThanOrEqual(10 * VARIANTS + 3);
  expect(actions).toBeLessThanOrEqual(ALLOWED);
});
