import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrate.js';
import { startEmbeddedPostgres } from '../../src/stack/embedded-postgres.js';
import { movedFolderIfAny } from '../../src/stack/postgres-home.js';
import { startTemporalServer, unusualPorts } from '../../src/stack/temporal-server.js';
import { waitForNamespace } from '../../src/stack/temporal-namespace.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The embedded PostgreSQL, database "feedlyai"; tests make databases of their own from the template. */
    postgresUrl: string;
    temporalAddress: string;
    temporalUiUrl: string;
    temporalMetricsUrl: string;
    /** Migrated and empty. */
    templateDatabase: string;
  }
}

interface Servers {
  postgresUrl: string;
  temporalAddress: string;
  temporalUiUrl: string;
  temporalMetricsUrl: string;
  templateDatabase: string;
  stop(): Promise<void>;
}

const asAdmin = async (postgresUrl: string, statement: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
};

/** Makes a database by the migrations as they stand; returns its name. */
const makeTemplate = async (postgresUrl: string): Promise<string> => {
  const name = `template_${randomBytes(6).toString('hex')}`;
  await asAdmin(postgresUrl, `create database ${name}`);
  const template = new URL(postgresUrl);
  template.pathname = `/${name}`;
  await migrate(template.toString());
  return name;
};

/** Servers that outlive this run: whoever runs the tests many times over keeps them up and says where they are. */
async function useGivenServers(given: string): Promise<Servers> {
  const servers = JSON.parse(given) as Omit<Servers, 'stop' | 'templateDatabase'>;
  const templateDatabase = await makeTemplate(servers.postgresUrl);
  return {
    ...servers,
    templateDatabase,
    stop: () => asAdmin(servers.postgresUrl, `drop database ${templateDatabase} with (force)`),
  };
}

async function startServers(): Promise<Servers> {
  // The tests make and drop as they please: never on a database or server the environment happens to name.
  for (const name of Object.keys(process.env)) {
    if (/^(DATABASE_URL|DB_|TEMPORAL_|YH_BASE_URL|ASSETS_DIR|DATA_DIR)/.test(name)) delete process.env[name];
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'feedlyai-test-'));
  // As root, PostgreSQL runs as another user, who must be able to walk in.
  chmodSync(folder, 0o755);
  const say = (line: string): void => void process.stderr.write(`[servers] ${line}\n`);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
    const moved = movedFolderIfAny(folder);
    for (const made of [folder, ...(moved ? [moved] : [])]) rmSync(made, { recursive: true, force: true });
  };
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: folder, say, durable: false });
    started.push(postgres);
    const templateDatabase = await makeTemplate(postgres.url);
    const temporal = await startTemporalServer({ dataDir: folder, say, ports: await unusualPorts() });
    started.push(temporal);
    await waitForNamespace({ address: temporal.address, namespace: 'default' });
    return {
      postgresUrl: postgres.url,
      temporalAddress: temporal.address,
      temporalUiUrl: temporal.uiUrl,
      temporalMetricsUrl: temporal.metricsUrl,
      templateDatabase,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

// Loaded anew for every project that names it, all in one process: what is shared lives on the global object.
const shared = globalThis as { feedlyaiTestServers?: { users: number; servers: Promise<Servers> } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_SERVERS;
  shared.feedlyaiTestServers ??= { users: 0, servers: given ? useGivenServers(given) : startServers() };
  const holder = shared.feedlyaiTestServers;
  holder.users += 1;
  const servers = await holder.servers;
  project.provide('postgresUrl', servers.postgresUrl);
  project.provide('temporalAddress', servers.temporalAddress);
  project.provide('temporalUiUrl', servers.temporalUiUrl);
  project.provide('temporalMetricsUrl', servers.temporalMetricsUrl);
  project.provide('templateDatabase', servers.templateDatabase);
  return async () => {
    holder.users -= 1;
    if (holder.users === 0) await servers.stop();
  };
}
