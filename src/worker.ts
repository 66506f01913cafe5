import { existsSync } from 'node:fs';
import path from 'node:path';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Registry } from 'prom-client';
import { createImageActivities, createPipelineActivities } from '../activities/index.js';
import { IMAGE_TASK_QUEUE, PIPELINE_TASK_QUEUE } from '../workflows/contract.js';
import { type Config, loadConfig } from './config/config.js';
import { packageRoot } from './config/package-root.js';
import { createJobClaims } from './db/job-claims.js';
import { createPool } from './db/pool.js';
import { createVariantClaims } from './db/variant-claims.js';
import { createThreadedPictureMaker } from './generation/threaded-picture-maker.js';
import { createLogger } from './log.js';
import { measureActivities } from './metrics/activity-metrics.js';
import { type MetricsServer, serveMetrics } from './metrics/metrics-server.js';
import { createRegistry } from './metrics/registry.js';
import { onParentGone, reportReady } from './stack/child-process.js';
import { choosePort, freePort } from './stack/ports.js';
import { runProcess } from './run-process.js';
import { UserError } from './stack/user-error.js';
import { createPeerService } from './stage-api/peer-service.js';
import { createStageClient } from './stage-api/stage-client.js';
import { connectionOptions } from './temporal/connection.js';
import { logAttempts } from './temporal/log-ids.js';
import { runtimeLogger } from './temporal/runtime-logger.js';

await runProcess(async () => {
  const config = loadConfig();
  const log = createLogger('worker', config.logLevel);
  const databaseUrl = config.database.url;
  const stagesUrl = config.stages.baseUrl;
  if (!databaseUrl) throw new UserError('DATABASE_URL is not set; `npm start` starts a database of its own');
  if (!stagesUrl) throw new UserError('YH_BASE_URL is not set; `npm start` starts a stage service of its own');

  const registry = createRegistry('worker');
  const sdkMetrics = `127.0.0.1:${await freePort()}`;
  Runtime.install({
    logger: runtimeLogger(log),
    telemetryOptions: { metrics: { prometheus: { bindAddress: sdkMetrics } } },
  });
  const options = connectionOptions(config.temporal);
  const connection = await NativeConnection.connect(options).catch(() => {
    throw new UserError(`no Temporal server answers at ${options.address}; start it, or correct TEMPORAL_ADDRESS`);
  });
  const pool = createPool({
    url: databaseUrl,
    name: 'worker',
    writer: 'worker',
    publishOwnWrites: config.database.publishOwnWrites,
    size: config.database.poolSize,
    log,
  });
  const stages = createStageClient({
    baseUrl: stagesUrl,
    timeout: config.stages.timeout,
    connections: config.worker.stageSlots,
    apiKey: config.stages.apiKey,
  });
  const stagesArePeer = config.stages.arePeer;
  const { policy } = config;
  const outagePatienceMs = policy.outagePatience;
  const pictures = createThreadedPictureMaker({
    database: {
      url: databaseUrl,
      publishOwnWrites: config.database.publishOwnWrites,
      size: config.database.poolSize,
    },
    assets: { root: config.assetsDir, partName: config.partName },
    maxMegapixels: config.pictures.maxMegapixels,
    slots: config.worker.imageSlots,
    logLevel: config.logLevel,
  });
  const dependencies = {
    variants: createVariantClaims(pool, {
      maxLostAttempts: policy.maxLostAttempts,
      overlayTextGraceMs: policy.overlayTextGrace,
      overlayTextPatienceMs: policy.overlayTextPatience,
      picturePatienceMs: policy.foreignPicturePatience,
      stagesArePeer,
    }),
    jobs: createJobClaims(pool, {
      maxLostAttempts: policy.maxLostAttempts,
      siblingsPatienceMs: policy.doorBPatience,
      stagesArePeer,
    }),
    service: stagesArePeer ? createPeerService(stages, pool) : stages,
    pictures,
    variantPolicy: { maxRetries: policy.maxVariantRetries, outagePatienceMs },
    jobPolicy: { maxRetries: policy.maxJobRetries, outagePatienceMs },
  };

  const shared = {
    connection,
    namespace: config.temporal.namespace,
    // The default of 0 drops running stages at a deploy and waits for their heartbeats to run out.
    shutdownGraceTime: config.worker.shutdownGrace,
    // How long a workflow waits for the worker that knows it before any other may take it: the price of a killed one.
    stickyQueueScheduleToStartTimeout: '5s',
    interceptors: { activity: [logAttempts, measureActivities(registry)] },
  } satisfies Partial<WorkerOptions>;
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      ...workflowSource(),
      taskQueue: PIPELINE_TASK_QUEUE,
      activities: createPipelineActivities(dependencies),
      maxConcurrentActivityTaskExecutions: config.worker.stageSlots,
    }),
    Worker.create({
      ...shared,
      taskQueue: IMAGE_TASK_QUEUE,
      activities: createImageActivities(dependencies),
      // Variants that wait for a sibling to prepare their photo compute nothing: others may come in beside them.
      maxConcurrentActivityTaskExecutions: config.worker.imageSlots + policy.variantsPerJob - 1,
    }),
  ]);

  // The SDK drains both workers on SIGTERM and SIGINT by itself; a lost supervisor means the same.
  onParentGone(() => workers.forEach((worker) => stopOnce(worker)));
  const metrics = await showMetrics(registry, sdkMetrics, config.worker);
  const running = Promise.all(workers.map((worker) => worker.run()));
  reportReady({ url: metrics.url });
  log.info(
    { metrics: metrics.url },
    `worker polls ${PIPELINE_TASK_QUEUE} (${config.worker.stageSlots} slots) and ${IMAGE_TASK_QUEUE} (${config.worker.imageSlots})`,
  );
  try {
    await running;
  } finally {
    // One worker that broke ends the process, so that something restarts it.
    workers.forEach((worker) => stopOnce(worker));
    await metrics.close();
    await stages.close();
    await pictures.close();
    await pool.end();
    await connection.close().catch(() => undefined);
  }
});

/** Several workers on one machine share the usual port's number, not the port: the others take a free one. */
async function showMetrics(
  registry: Registry,
  sdkAddress: string,
  { metricsHost: host, metricsPort: port, metricsPortIsGiven: given }: Config['worker'],
): Promise<MetricsServer> {
  const chosen = await choosePort({ variable: 'WORKER_METRICS_PORT', host, port, given });
  return serveMetrics({ registry, host, port: chosen, sdkAddress });
}

function stopOnce(worker: Worker): void {
  if (worker.getState() === 'RUNNING') worker.shutdown();
}

/** The bundle made at build time: bundling at start would cost more than a second of every start. */
function workflowSource(): Pick<WorkerOptions, 'workflowBundle'> {
  const codePath = path.join(packageRoot, 'dist', 'workflow-bundle.js');
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  throw new UserError(`${codePath} is missing; run \`npm run build\``);
}
