import type { Client } from '@temporalio/client';
import type { DeletionTools } from '../admin/delete-job.js';
import { createRunControl, noRunControl } from '../admin/run-control.js';
import { createAssetStore } from '../assets/asset-store.js';
import { type Config, loadConfig } from '../config/config.js';
import { createPool, type Pool } from '../db/pool.js';
import type { Sources } from '../diagnosis/system-facts.js';
import { createLogger } from '../log.js';
import { httpUrl } from '../stack/ready-line.js';
import { findStack } from '../stack/stack-lock.js';
import { UserError } from '../stack/user-error.js';
import { createTemporalClient, type TemporalConfig } from '../temporal/connection.js';
import { withMigratedDatabase } from './database.js';
import { t } from './messages/index.js';

/** Where the parts of the running system are, as seen from a command. */
export interface System {
  databaseUrl: string;
  assetsDir: string;
  partName: string;
  serverUrl: string;
  stagesUrl: string;
  temporal: TemporalConfig;
}

/** "Every address" is where a server listens, not where it is called. */
const callable = (host: string): string => (['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host);

/** The configured Temporal, else the running stack's; null where neither is known. */
function findTemporal({ temporal, dataDir }: Config): TemporalConfig | null {
  if (temporal.address) return temporal;
  const ready = findStack(dataDir)?.ready;
  return ready ? { ...temporal, address: ready.temporalAddress, namespace: ready.temporalNamespace } : null;
}

/**
 * The system this checkout works with: the stack that runs on DATA_DIR, else the one the environment names.
 * @throws UserError when neither is there.
 */
export function findSystem(config: Config): System {
  const { database, dataDir, partName, server, stages, temporal } = config;
  const ready = findStack(dataDir)?.ready;
  if (ready) {
    return {
      databaseUrl: database.url ?? ready.databaseUrl,
      assetsDir: ready.assetsDir,
      partName,
      serverUrl: ready.serverUrl,
      stagesUrl: ready.stagesUrl,
      temporal: findTemporal(config) ?? temporal,
    };
  }
  if (!database.url) throw new UserError(t.nothingRuns(dataDir));
  return {
    databaseUrl: database.url,
    assetsDir: config.assetsDir,
    partName,
    serverUrl: server.url ?? httpUrl(callable(server.host), server.port),
    stagesUrl: stages.baseUrl ?? httpUrl(callable(stages.host), stages.port),
    temporal: { ...temporal, address: temporal.address ?? '127.0.0.1:7233' },
  };
}

export interface Connected {
  system: System;
  /** A foreigner's: what is written through it are events, as for everybody who follows the guide. */
  pool: Pool;
  url: string;
  temporal: Client;
  sources: Sources;
}

/** Runs `work` with connections to the system, closed afterwards. */
export async function withSystem<T>(config: Config, work: (connected: Connected) => Promise<T>): Promise<T> {
  const system = findSystem(config);
  const { databaseUrl: url, serverUrl, stagesUrl } = system;
  const pool = createPool({ url, name: 'tools', size: 4, log: createLogger('tools', 'silent') });
  const temporal = createTemporalClient(system.temporal);
  try {
    return await work({ system, pool, url, temporal, sources: { pool, temporal, serverUrl, stagesUrl } });
  } finally {
    await temporal.connection.close();
    await pool.end();
  }
}

/**
 * What operators' orders need: a database, which is started for the moment where nothing runs, Temporal where one is known,
 * and the files.
 */
export const withTools = <T>(work: (tools: DeletionTools) => Promise<T>): Promise<T> => {
  const config = loadConfig();
  return withMigratedDatabase(config, async (url) => {
    const pool = createPool({ url, name: 'cli', writer: 'admin', size: 2, log: createLogger('cli', 'silent') });
    const found = findTemporal(config);
    const temporal = found && createTemporalClient(found);
    const root = findStack(config.dataDir)?.ready?.assetsDir ?? config.assetsDir;
    const assets = createAssetStore({ root, partName: config.partName });
    try {
      return await work({ pool, assets, runs: temporal ? createRunControl(temporal) : noRunControl });
    } finally {
      await temporal?.connection.close();
      await pool.end();
    }
  });
};
