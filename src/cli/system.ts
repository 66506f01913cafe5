import type { Client } from '@temporalio/client';
import type { Config } from '../config/config.js';
import { createPool, type Pool } from '../db/pool.js';
import type { Sources } from '../diagnosis/system-facts.js';
import { createLogger } from '../log.js';
import { httpUrl } from '../stack/ready-line.js';
import { findStack } from '../stack/stack-lock.js';
import { UserError } from '../stack/user-error.js';
import { createTemporalClient, type TemporalConfig } from '../temporal/connection.js';

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
      temporal: temporal.address ? temporal : { ...temporal, address: ready.temporalAddress },
    };
  }
  if (!database.url) {
    throw new UserError(
      `Nothing runs on ${dataDir}: start it with "npm start", or name the running system by DATABASE_URL, TEMPORAL_ADDRESS and YH_BASE_URL.`,
    );
  }
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
