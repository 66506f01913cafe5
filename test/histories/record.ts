import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { writeHistory } from '../support/histories.js';
import { ON_A_PATIENT_ROAD, ON_AN_IMPATIENT_ROAD } from '../support/recorded-roads.js';
import { openRoad, type Road, type RoadOptions } from '../support/road.js';

/* Not a test: `npm run record:histories` walks every road and keeps what Temporal remembers of it. */

describe.each([
  ['patient', ON_A_PATIENT_ROAD, {}],
  ['impatient', ON_AN_IMPATIENT_ROAD, { overlayTextGraceMs: 300, overlayTextPatienceMs: 600 }],
] as const)('a road that is %s', (_, walks, options: RoadOptions) => {
  let road: Road;
  beforeAll(async () => {
    road = await openRoad(options);
  });
  afterAll(() => road?.close());
  beforeEach(() => road.script(() => {}));

  it.each(Object.entries(walks))('%s', async (name, walk) => {
    const workflowId = await walk(road);
    const handle = road.client.workflow.getHandle(workflowId);
    // How it ended is the history's to tell.
    await handle.result().catch(() => undefined);
    writeHistory(name, workflowId, await handle.fetchHistory());
  });
});
