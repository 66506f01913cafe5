import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Patient } from '../../src/doctor/check.js';
import { CHECKS } from '../../src/doctor/checks.js';
import { lookAtRuns } from '../../src/doctor/checks/runs.js';
import { lookAtTheTemporal } from '../../src/doctor/checks/temporal.js';
import { runChecks } from '../../src/doctor/run-checks.js';
import { createTemporalClient } from '../../src/temporal/connection.js';
import { variantWorkflowId } from '../../workflows/contract.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE, VARIANT_STATE } from '../support/rows.js';
import { temporalAddress } from '../support/temporal.js';

let road: Road;
beforeAll(async () => {
  // The bridge's sweep would put right what is broken here.
  road = await openRoad({ sweepInterval: 600_000 });
});
afterAll(() => road?.close());

const patientWith = (temporal: Client): Patient => ({
  pool: road.foreign,
  url: road.databaseUrl,
  temporal,
  serverUrl: 'http://127.0.0.1:1',
  stagesUrl: 'http://127.0.0.1:1',
  stagesArePeer: false,
  assetsDir: '/',
  dataDir: '/',
  connect: () => Promise.reject(new Error('not asked here')),
});

const OF_TEMPORAL = CHECKS.filter(({ name }) => ['temporal', 'search-attributes', 'workers', 'runs'].includes(name));

const examine = async (temporal: Client) =>
  (await runChecks(patientWith(temporal), OF_TEMPORAL)).map(({ check, state, findings }) => ({
    check,
    state,
    codes: findings.map(({ code }) => code),
  }));

const elsewhere = (namespace: string, address = temporalAddress()): Client =>
  createTemporalClient({ address, namespace, apiKey: null, tls: null, uiUrl: null });

describe('Temporal', () => {
  it('that is well is measured', async () => {
    const { jobId } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    const reports = await runChecks(patientWith(road.client), OF_TEMPORAL);
    expect(reports.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(reports.map(({ measured }) => measured)).toMatchObject([
      { namespace: road.namespace, retentionHours: 24, version: expect.stringMatching(/^\d/) },
      { names: ['JobId', 'TenantId'] },
      {
        queues: [
          { queue: 'ad-pipeline', pollers: 1 },
          { queue: 'image-generation', pollers: 1 },
        ],
        answered: true,
      },
      { compared: 0, open: 0 },
    ]);
  });

  it('that forgets too soon is a warning', async () => {
    expect((await lookAtTheTemporal(72)(patientWith(road.client))).findings).toEqual([
      { code: 'retention-short', namespace: road.namespace, hours: 24 },
    ]);
  });

  it.each([
    ['without the namespace', () => elsewhere(`nobody-${randomUUID()}`), 'namespace-missing'],
    ['not there', () => elsewhere('default', '127.0.0.1:1'), 'temporal-down'],
  ])('%s is named once, and the rest is unknown', async (_, client, code) => {
    const temporal = client();
    try {
      expect(await examine(temporal)).toEqual([
        { check: 'temporal', state: 'fault', codes: [code] },
        { check: 'search-attributes', state: 'unknown', codes: [] },
        { check: 'workers', state: 'unknown', codes: [] },
        { check: 'runs', state: expect.stringMatching('ok|unknown'), codes: [] },
      ]);
    } finally {
      await temporal.connection.close();
    }
  });

  it('whose namespace lacks the search attributes is named with them', async () => {
    const connection = await Connection.connect({ address: temporalAddress() });
    const namespace = `bare_${randomUUID().slice(0, 8)}`;
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    const temporal = new Client({ connection, namespace });
    try {
      await expect
        .poll(() => examine(temporal), { timeout: 30_000 })
        .toMatchObject([
          { check: 'temporal', codes: [] },
          { check: 'search-attributes', state: 'fault', codes: ['search-attributes-missing'] },
          { check: 'workers', codes: ['no-worker', 'no-worker'] },
          { check: 'runs' },
        ]);
    } finally {
      await connection.close();
    }
  });
});

describe('rows and workflows', () => {
  it('that disagree are named by workflow id, both ways', async () => {
    await road.stopWorkers();
    try {
      const kept = await insertJob(road.foreign);
      // Its other variant keeps the job from counting as one that nobody gave any.
      const gone = await insertJob(road.foreign, { variants: 2 });
      const [lost, orphan] = [kept.variantIds[0] as string, gone.variantIds[0] as string];
      await road.until(VARIANT_STATE, [lost], 'img_gen/queued');
      await road.until(VARIANT_STATE, [orphan], 'img_gen/queued');
      await road.stopBridge();
      await road.client.workflow.getHandle(variantWorkflowId(lost)).terminate('by the test');
      // Its own events go with it, as in a database put back to an older copy.
      await road.foreign.query('alter table jobs_variants disable trigger job_variant_state_change_trigger');
      await road.foreign.query('delete from jobs_variants where job_variants_id = $1', [orphan]);
      const look = lookAtRuns(0);
      await expect
        .poll(async () => (await look(patientWith(road.client))).findings, { timeout: 30_000 })
        .toEqual([
          { code: 'rows-without-run', count: 1, examples: [variantWorkflowId(lost)] },
          { code: 'runs-without-row', count: 1, examples: [variantWorkflowId(orphan)] },
        ]);
    } finally {
      await road.startWorkers();
    }
  });
});
