import 'reflect-metadata';
import { once } from 'node:events';
import { readQueues } from './admin/read/queues.js';
import { createRunControl } from './admin/run-control.js';
import { createAssetStore } from './assets/asset-store.js';
import { AuthSettings } from './auth/guards.js';
import { refusalToListen } from './auth/may-listen.js';
import { createRuns } from './bridge/runs.js';
import { createStarter } from './bridge/starter.js';
import { loadConfig } from './config/config.js';
import { serveDashboard } from './dashboard/serve-dashboard.js';
import { findForeignListeners } from './db/foreign-listeners.js';
import { createPool } from './db/pool.js';
import { writeSettings } from './db/settings.js';
import { limitPictures } from './imaging/picture.js';
import { createLogger } from './log.js';
import { countDeliveries } from './metrics/intake-metrics.js';
import { createRegistry } from './metrics/registry.js';
import { runProcess } from './run-process.js';
import { onParentGone, reportReady } from './stack/child-process.js';
import { UserError } from './stack/user-error.js';
import { createServerApp } from './server-app.js';
import { createTemporalClient, workflowUrl } from './temporal/connection.js';

await runProcess(async () => {
  const config = loadConfig();
  const log = createLogger('server', config.logLevel);
  limitPictures(config.pictures.maxMegapixels);
  const databaseUrl = config.database.url;
  if (!databaseUrl) throw new UserError('DATABASE_URL is not set; `npm start` starts a database of its own');

  const pool = createPool({
    url: databaseUrl,
    name: 'server',
    writer: 'bridge',
    publishOwnWrites: config.database.publishOwnWrites,
    size: config.database.poolSize,
    log,
  });
  const temporal = createTemporalClient(config.temporal);
  await writeSettings(pool, { jobMinDoneVariants: config.policy.jobMinDoneVariants });
  const listeners = await findForeignListeners(pool);
  for (const { words } of listeners.found) log.warn(`[LISTENER] ${words}`);

  const { host, port, rateLimit, isShared, origins } = config.server;
  const refusal = await refusalToListen(pool, host);
  if (refusal) throw new UserError(refusal);

  // Not marked: what operators and neighbours create comes in as anybody's rows do, and orders mark themselves.
  const adminPool = createPool({ url: databaseUrl, name: 'admin', size: config.database.poolSize, log });
  const registry = createRegistry('server');
  const app = await createServerApp({
    log,
    registry,
    bridge: {
      pool,
      databaseUrl,
      log,
      starter: createStarter(temporal),
      runs: createRuns(temporal),
      retention: config.retention,
      files: { root: config.assetsDir, partName: config.partName },
      defaultGeneration: config.policy.imageGeneration,
      variantsPerJob: config.policy.variantsPerJob,
      ...config.bridge,
      onDelivery: countDeliveries(registry),
    },
    health: {
      service: 'app-server',
      pool,
      temporal,
      intakeIsEnabled: config.bridge.enabled,
      staleAfter: 3 * config.bridge.probeInterval,
      stagesUrl: config.stages.baseUrl,
      stagesArePeer: config.stages.arePeer,
    },
    auth: { auth: new AuthSettings(adminPool, host, isShared, origins), rateLimit },
    admin: {
      pool: adminPool,
      runs: createRunControl(temporal),
      assets: createAssetStore({ root: config.assetsDir, partName: config.partName }),
      read: {
        waitPatience: {
          ad_copy_kor: config.policy.overlayTextPatience,
          picture: config.policy.foreignPicturePatience,
          siblings: config.policy.doorBPatience,
        },
        workflowUrl: (workflowId) => workflowUrl(config.temporal.uiUrl, config.temporal.namespace, workflowId),
      },
      queues: () => readQueues(adminPool, temporal, config.worker),
      creation: { partName: config.partName, variantsPerJob: config.policy.variantsPerJob },
      events: { databaseUrl, pool: adminPool, log, ...config.bridge },
    },
  });
  serveDashboard(app);
  await app.listen(port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UserError(`port ${port} on ${host} is in use; free it or set SERVER_PORT to another`);
  });
  reportReady({ url: `http://${host}:${port}` });
  log.info(`server listens on http://${host}:${port}`);

  await asked();
  await app.close();
  await temporal.connection.close();
  await adminPool.end();
  await pool.end();
});

/** Resolves when somebody wants this process to stop: a signal, or a supervisor that is gone. */
async function asked(): Promise<void> {
  const gone = new Promise<void>((resolve) => onParentGone(resolve));
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), gone]);
}
