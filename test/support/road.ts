import { tmpdir } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pg from 'pg';
import { pino } from 'pino';
import type { Claim } from '../../activities/claims.js';
import { Busy } from '../../activities/failures.js';
import { createImageActivities, createPipelineActivities } from '../../activities/index.js';
import type { StageService } from '../../activities/stages.js';
import { Bridge } from '../../src/bridge/bridge.js';
import { createRuns } from '../../src/bridge/runs.js';
import { createStarter } from '../../src/bridge/starter.js';
import { loadConfig } from '../../src/config/config.js';
import { createJobClaims } from '../../src/db/job-claims.js';
import { createPool, inTransaction, type Pool } from '../../src/db/pool.js';
import { createVariantClaims } from '../../src/db/variant-claims.js';
import { IMAGE_TASK_QUEUE, isJobStage, PIPELINE_TASK_QUEUE } from '../../workflows/contract.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { createNamespace, temporalAddress, workflowBundle } from './temporal.js';

/** What the far side of a stage does in a test: throw to fail, return to succeed. */
export type Script = (claim: Claim) => void | Promise<void>;

export interface RoadOptions {
  imageGeneration?: 'internal' | 'external';
  sweepInterval?: number;
  overlayTextGraceMs?: number;
  overlayTextPatienceMs?: number;
  /** A database that is there already; it is dropped at the end like one made here. */
  database?: TestDatabase;
  /** The original's stage service instead of the scripted far side. */
  peer?: (pool: Pool) => StageService;
  picturePatienceMs?: number;
  siblingsPatienceMs?: number;
}

export interface Road {
  /** A connection pool of a foreigner: its writes are events. */
  foreign: Pool;
  databaseUrl: string;
  namespace: string;
  client: Client;
  /** Every call of the far side, in order. */
  calls: { unitId: string; stage: string; generation: number; inputs: Record<string, unknown> }[];
  /** Stages performed for a unit, in order; in one generation alone when one is given. */
  stagesOf(unitId: string, generation?: number): string[];
  /** Replaces what the far side does from now on. */
  script(next: Script): void;
  /** Forgets the calls, and the far side simply succeeds again. */
  startAfresh(): void;
  /** Resolves when the query's first column of the first row is the value; woken by the published channels. */
  until(query: string, parameters: unknown[], value: unknown): Promise<void>;
  startWorkers(): Promise<void>;
  stopWorkers(): Promise<void>;
  /** One more; any number may run side by side. */
  startBridge(): void;
  /** All of them. */
  stopBridge(): Promise<void>;
  close(): Promise<void>;
}

/** Instead of process and host: histories recorded here are kept, and say nothing of the machine. */
const IDENTITY = 'road';

const quiet = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }, pino.destination(2));

/**
 * Bridge, workflows, activities and claims on a database and a namespace of their own. Only the far side is scripted:
 * the picture and the stage service finish their rows as the real ones do, without the work.
 */
export async function openRoad(options: RoadOptions = {}): Promise<Road> {
  const [database, namespace] = await Promise.all([options.database ?? createTestDatabase(), createNamespace('road')]);
  const address = temporalAddress();
  const pool = (name: string, writer?: 'bridge' | 'worker') =>
    createPool({ url: database.url, name, size: 8, log: quiet, ...(writer && { writer }) });
  const pools = { bridge: pool('bridge', 'bridge'), worker: pool('worker', 'worker'), foreign: pool('foreign') };
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, identity: IDENTITY });
  const native = await NativeConnection.connect({ address });

  let script: Script = () => {};
  const calls: Road['calls'] = [];
  const perform = async (claim: Claim): Promise<void> => {
    calls.push({ unitId: claim.unitId, stage: claim.stage, generation: claim.generation, inputs: claim.inputs });
    await script(claim);
    await finish(pools.worker, claim);
  };
  const policy = { maxRetries: 3, outagePatienceMs: 60_000 };
  const variants = createVariantClaims(pools.worker, {
    maxLostAttempts: 10,
    overlayTextGraceMs: options.overlayTextGraceMs ?? 15_000,
    overlayTextPatienceMs: options.overlayTextPatienceMs ?? 60_000,
    picturePatienceMs: options.picturePatienceMs ?? 60_000,
    stagesArePeer: options.peer !== undefined,
  });
  const dependencies = {
    variants,
    jobs: createJobClaims(pools.worker, {
      maxLostAttempts: 10,
      siblingsPatienceMs: options.siblingsPatienceMs ?? 60_000,
      stagesArePeer: options.peer !== undefined,
    }),
    service: options.peer?.(pools.worker) ?? { perform },
    pictures: { make: perform },
    variantPolicy: policy,
    jobPolicy: policy,
  };

  const newBridge = (): Bridge =>
    new Bridge({
      pool: pools.bridge,
      databaseUrl: database.url,
      starter: createStarter(client),
      runs: createRuns(client),
      retention: loadConfig({}).retention,
      files: { root: tmpdir(), partName: 'none' },
      log: quiet,
      defaultGeneration: options.imageGeneration ?? 'internal',
      variantsPerJob: 3,
      reconnectDelay: 1_000,
      probeInterval: 1_000,
      sweepInterval: options.sweepInterval ?? 600_000,
      maxAttempts: 5,
    });
  let bridges: Bridge[] = [];
  const startBridge = (): void => {
    const bridge = newBridge();
    bridges.push(bridge);
    bridge.start();
  };
  const stopBridge = async (): Promise<void> => {
    await Promise.all(bridges.map((bridge) => bridge.stop()));
    bridges = [];
  };
  startBridge();

  let workers: { worker: Worker; run: Promise<void> }[] = [];
  const startWorkers = async (): Promise<void> => {
    const created = await Promise.all([
      Worker.create({
        connection: native,
        namespace,
        identity: IDENTITY,
        workflowBundle,
        taskQueue: PIPELINE_TASK_QUEUE,
        activities: createPipelineActivities(dependencies),
      }),
      Worker.create({
        connection: native,
        namespace,
        identity: IDENTITY,
        taskQueue: IMAGE_TASK_QUEUE,
        activities: createImageActivities(dependencies),
      }),
    ]);
    workers = created.map((worker) => ({ worker, run: worker.run() }));
  };
  const stopWorkers = async (): Promise<void> => {
    for (const { worker } of workers) worker.shutdown();
    await Promise.all(workers.map(({ run }) => run));
    workers = [];
  };
  await startWorkers();

  return {
    foreign: pools.foreign,
    databaseUrl: database.url,
    namespace,
    client,
    calls,
    stagesOf: (unitId, generation) =>
      calls
        .filter((call) => call.unitId === unitId && (generation === undefined || call.generation === generation))
        .map(({ stage }) => stage),
    script: (next) => {
      script = next;
    },
    startAfresh() {
      calls.length = 0;
      script = () => {};
    },
    until: (query, parameters, value) => untilRows(database.url, query, parameters, value),
    startWorkers,
    stopWorkers,
    stopBridge,
    startBridge,
    async close() {
      await stopBridge();
      await stopWorkers();
      await native.close();
      await connection.close();
      await Promise.all(Object.values(pools).map((each) => each.end()));
      await database.drop();
    },
  };
}

/** The rows as the stage service's final transaction leaves them; it writes nothing without an open claim. */
const finish = (pool: Pool, claim: Claim): Promise<void> =>
  inTransaction(pool, async (db) => {
    const [table, key] = isJobStage(claim.stage) ? ['jobs', 'job_id'] : ['jobs_variants', 'job_variants_id'];
    await db.query(`select from ${table} where ${key} = $1 for no key update`, [claim.unitId]);
    const { rowCount } = await db.query(
      `select from pipeline.claims where unit_id = $1 and stage = $2 and generation = $3 and state = 'open' for update`,
      [claim.unitId, claim.stage, claim.generation],
    );
    if (!rowCount) throw new Busy('the claim is no longer open; nothing was written', 50);
    if (isJobStage(claim.stage)) {
      await db.query(`update jobs set current_step = $2, status = 'done' where job_id = $1`, [
        claim.unitId,
        claim.stage,
      ]);
      await db.query(`update pipeline.jobs set stage = $2, status = 'done' where job_id = $1`, [
        claim.unitId,
        claim.stage,
      ]);
    } else {
      await db.query(`update jobs_variants set current_step = $2, status = 'done' where job_variants_id = $1`, [
        claim.unitId,
        claim.stage,
      ]);
    }
    await db.query(`update pipeline.claims set state = 'done' where unit_id = $1 and stage = $2 and generation = $3`, [
      claim.unitId,
      claim.stage,
      claim.generation,
    ]);
  });

/** Waits on the published channels, as any neighbour would, and lets the rows decide. */
export async function untilRows(url: string, query: string, parameters: unknown[], value: unknown): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // A database dropped under a test that timed out must not end the whole run.
  client.on('error', () => undefined);
  await client.connect();
  try {
    let wake = (): void => {};
    client.on('notification', () => wake());
    await client.query('listen job_variant_state_changed; listen job_state_changed');
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const { rows } = await client.query({ text: query, values: parameters, rowMode: 'array' });
      if (rows[0]?.[0] === value) return;
      await woken;
    }
  } finally {
    await client.end();
  }
}

// The SDK reports every failed attempt; here failing is the subject.
const silence = () => {};
Runtime.install({
  logger: { log: silence, trace: silence, debug: silence, info: silence, warn: silence, error: silence },
});
