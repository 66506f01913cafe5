import { createAssetStore } from './assets/asset-store.js';
import { loadConfig } from './config/config.js';
import { createPool } from './db/pool.js';
import { limitPictures } from './imaging/picture.js';
import { createLogger } from './log.js';
import { runProcess } from './run-process.js';
import { onParentGone, reportReady } from './stack/child-process.js';
import { UserError } from './stack/user-error.js';
import { createStageApp } from './stages/app.js';
import { createEngines } from './stages/engines/engines.js';

/** Requests at work are given so long to finish when the service is told to stop. */
const SHUTDOWN_PATIENCE_MS = 15_000;

await runProcess(async () => {
  const config = loadConfig();
  if (!config.database.url) {
    throw new UserError(
      'DATABASE_URL is not set; the stage service needs a database (`npm start` starts one of its own)',
    );
  }
  const { host, port, ocrWorkers, apiKey, timeout } = config.stages;
  const log = createLogger('stages', config.logLevel);
  limitPictures(config.pictures.maxMegapixels);
  const pool = createPool({
    url: config.database.url,
    name: 'stages',
    size: config.database.poolSize,
    publishOwnWrites: config.database.publishOwnWrites,
    log,
  });
  const engines = createEngines({ ocrWorkers }, config.stages.engines);
  const assets = createAssetStore({ root: config.assetsDir, partName: config.partName });
  const app = await createStageApp({ pool, assets, engines, log, partName: config.partName, apiKey, timeout });

  const toldToStop = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    onParentGone(resolve);
  });
  await app.listen(port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UserError(`port ${port} is in use: stop what listens there, or set PORT to a free one`);
  });
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  log.info({ url, assets: assets.root }, 'stage service is listening');
  reportReady({ url });
  // The first picture does not wait for models to load; what fails here is met, and told, by the first read.
  engines.ocr.warm().catch((error: unknown) => log.warn({ err: error }, 'text recognition is not ready yet'));

  await toldToStop;
  log.info('stopping');
  setTimeout(() => process.exit(1), SHUTDOWN_PATIENCE_MS).unref();
  await app.close();
  await engines.close();
  await pool.end();
});
