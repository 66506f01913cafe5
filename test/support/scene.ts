import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import sharp from 'sharp';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { freePort } from '../../src/stack/ports.js';
import { findStack } from '../../src/stack/stack-lock.js';
import { createTestDatabase } from './database.js';
import { type History, recordHistory } from './history.js';
import { drawnDish } from './pictures.js';
import { untilRows } from './road.js';
import { insertJob, JOB_STATE, type JobRows, type NewJobRows, setVariant, VARIANT_STATE } from './rows.js';
import { ScriptedStages } from './scripted-stages.js';
import { type StackProcess, startStackProcess } from './stack-process.js';
import { createNamespace, temporalAddress } from './temporal.js';

export interface SceneOptions {
  /** Servers and workers: each stack has one of both. */
  stacks?: number;
  /** More environment for the stacks. */
  env?: Record<string, string>;
  /** How long the stage service lets one call take, in milliseconds. */
  stageTimeoutMs?: number;
  /** How many pictures the models of the stage service look at at once; its own number when left out. */
  picturesAtOnce?: number;
}

type ProgramName = 'server' | 'worker';

export interface Scene {
  /** A neighbour's hand: its writes are foreign. */
  foreign: Pool;
  databaseUrl: string;
  client: Client;
  stages: ScriptedStages;
  history: History;
  assetsDir: string;
  stacks: number;
  /** A job as the guide's tool leaves it: variants at `(user_img_input, done)`, each with a generated picture. */
  guideJob(options?: NewJobRows): Promise<JobRows>;
  /** A picture of the scene's own, published as YE publishes one; its row's id. */
  picture(tenantId?: string): Promise<string>;
  /** The guide's order: `(img_gen, done)`. */
  release(...variantIds: string[]): Promise<void>;
  /** Resolves when a query about one row answers true; asked again at every change of a job or a variant. */
  until(query: string, id: string): Promise<void>;
  untilJob(jobId: string, state: string): Promise<void>;
  untilVariant(variantId: string, state: string): Promise<void>;
  /** Process ids of the stacks' programs as they are now. */
  pids(name: ProgramName): number[];
  kill(pid: number, signal?: NodeJS.Signals): void;
  startStacks(): Promise<void>;
  stopStacks(): Promise<void>;
  close(): Promise<void>;
}

/** The long repetitions, for `npm run test:scenarios`; otherwise the same scenarios in smaller numbers. */
export const IS_FULL = process.env.SCENARIOS === 'full';
export const full = <T>(long: T, short: T): T => (IS_FULL ? long : short);

/**
 * The real programs on a database and a namespace of their own: server and worker of each stack under their supervisor,
 * and a stage service whose models are scripted.
 */
export async function openScene({
  stacks: count = 1,
  env = {},
  stageTimeoutMs,
  picturesAtOnce,
}: SceneOptions = {}): Promise<Scene> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'scene-'));
  chmodSync(folder, 0o755);
  const assetsDir = path.join(folder, 'assets');
  const [database, namespace] = await Promise.all([createTestDatabase(), createNamespace('scene')]);
  const foreign = createPool({ url: database.url, name: 'foreign', size: 8, log: pino({ level: 'silent' }) });
  const history = await recordHistory(foreign);
  const connection = await Connection.connect({ address: temporalAddress() });
  const stages = await ScriptedStages.start({
    databaseUrl: database.url,
    assetsDir,
    folder,
    ...(stageTimeoutMs && { timeoutMs: stageTimeoutMs }),
    ...(picturesAtOnce && { picturesAtOnce }),
  });

  const dataDirs = Array.from({ length: count }, (_, index) => path.join(folder, `stack-${index + 1}`));
  let stacks: StackProcess[] = [];
  const startStacks = async (): Promise<void> => {
    // Stacks that start at once would all find the default ports free.
    const ports = await Promise.all(
      dataDirs.map(async () => ({ server: await freePort(), metrics: await freePort() })),
    );
    stacks = dataDirs.map((dataDir, index) =>
      startStackProcess(dataDir, {
        SERVER_PORT: String(ports[index]?.server),
        WORKER_METRICS_PORT: String(ports[index]?.metrics),
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: temporalAddress(),
        TEMPORAL_NAMESPACE: namespace,
        YH_BASE_URL: stages.url,
        ASSETS_DIR: assetsDir,
        LOG_LEVEL: 'warn',
        ...env,
      }),
    );
    await Promise.all(stacks.map((stack) => stack.ready)).catch(async (error: unknown) => {
      await stopStacks();
      throw error;
    });
  };
  const stopStacks = async (): Promise<void> => {
    for (const stack of stacks) stack.process.kill('SIGTERM');
    await Promise.all(stacks.map((stack) => stack.exit));
    stacks = [];
  };
  await startStacks();

  const picture = (): Promise<string> => publishPicture(foreign, assetsDir);
  return {
    foreign,
    databaseUrl: database.url,
    client: new Client({ connection, namespace }),
    stages,
    history,
    assetsDir,
    stacks: count,
    picture,
    async guideJob(options = {}) {
      const { url } = await publishDish(assetsDir);
      return insertJob(foreign, { imageType: 'generated', imageUrl: url, ...options });
    },
    async release(...variantIds) {
      for (const id of variantIds) await setVariant(foreign, id, 'img_gen', 'done');
    },
    until: (query, id) => untilRows(database.url, query, [id], true),
    untilJob: (jobId, state) => untilRows(database.url, JOB_STATE, [jobId], state),
    untilVariant: (variantId, state) => untilRows(database.url, VARIANT_STATE, [variantId], state),
    pids: (name) =>
      dataDirs.flatMap((dataDir) =>
        (findStack(dataDir)?.children ?? []).filter((child) => child.name === name).map(({ pid }) => pid),
      ),
    kill: (pid, signal = 'SIGKILL') => void process.kill(pid, signal),
    startStacks,
    stopStacks,
    async close() {
      await stopStacks();
      await stages.stop();
      await connection.close();
      await history.close();
      await foreign.end();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let dish: Promise<Buffer> | undefined;

async function publishDish(assetsDir: string): Promise<{ url: string }> {
  dish ??= drawnDish().then((bytes) => sharp(bytes).resize(540, 540).png().toBuffer());
  return createAssetStore({ root: assetsDir, partName: 'ye' }).publish({
    tenantId: 'test',
    kind: 'generated',
    id: randomUUID(),
    extension: '.png',
    bytes: await dish,
    date: new Date(),
  });
}

async function publishPicture(foreign: Pool, assetsDir: string): Promise<string> {
  const { url } = await publishDish(assetsDir);
  const id = randomUUID();
  await foreign.query(
    `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id)
     values ($1, 'generated', $2, 540, 540, (select min(tenant_id) from tenants))`,
    [id, url],
  );
  return id;
}
