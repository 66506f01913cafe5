import path from 'node:path';
import { packageRoot } from '../../src/config/package-root.js';
import { type NodeProcess, startNodeProcess } from '../../src/stack/node-process.js';
import { freePort } from '../../src/stack/ports.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { type DatabaseProxy, openDatabaseProxy } from './database-proxy.js';
import { makeDataDir, removeDataDir } from './data-dir.js';
import { bareEnvironment } from './stack-process.js';
import { createNamespace, temporalAddress } from './temporal.js';

export type PartName = 'server' | 'worker' | 'stages';

export interface Parts {
  database: TestDatabase;
  proxy: DatabaseProxy;
  /** What a command needs to find them. */
  env: Record<string, string>;
  start(name: PartName, extra?: Record<string, string>): Promise<void>;
  stop(name: PartName): Promise<void>;
  close(): Promise<void>;
}

/** The three processes without a supervisor: what is stopped stays stopped. */
export async function openParts(extra: Record<string, string> = {}): Promise<Parts> {
  const [database, namespace] = await Promise.all([createTestDatabase(), createNamespace('parts')]);
  const proxy = await openDatabaseProxy(database.url);
  const dataDir = makeDataDir();
  const serverPort = await freePort();
  const stagesPort = await freePort(new Set([serverPort]));
  const env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: namespace,
    SERVER_PORT: String(serverPort),
    PORT: String(stagesPort),
    YH_BASE_URL: `http://127.0.0.1:${stagesPort}`,
    DATA_DIR: dataDir,
    ASSETS_DIR: path.join(dataDir, 'assets'),
    LOG_LEVEL: 'fatal',
    ...extra,
  };
  const running = new Map<PartName, NodeProcess>();
  const stop = async (name: PartName): Promise<void> => {
    await running.get(name)?.stop();
    running.delete(name);
  };
  return {
    database,
    proxy,
    env,
    stop,
    async start(name, own = {}) {
      const part = await startNodeProcess({
        name,
        script: path.join(packageRoot, 'dist', 'src', `${name}.js`),
        env: bareEnvironment({ ...env, DATABASE_URL: proxy.url, ...own }),
        output: 2,
        patience: 20_000,
        signal: AbortSignal.timeout(60_000),
      });
      running.set(name, part);
    },
    async close() {
      await Promise.all([...running.keys()].map(stop));
      await proxy.close();
      await database.drop();
      removeDataDir(dataDir);
    },
  };
}
