import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { inject } from 'vitest';
import type { ZodType } from 'zod';
import { readQueues } from '../../../src/admin/read/queues.js';
import { createRunControl } from '../../../src/admin/run-control.js';
import { type AssetStore, createAssetStore } from '../../../src/assets/asset-store.js';
import { AuthSettings } from '../../../src/auth/guards.js';
import { createRuns } from '../../../src/bridge/runs.js';
import { createStarter } from '../../../src/bridge/starter.js';
import { loadConfig } from '../../../src/config/config.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createRegistry } from '../../../src/metrics/registry.js';
import { createServerApp } from '../../../src/server-app.js';
import { workflowUrl } from '../../../src/temporal/connection.js';
import { createTestDatabase } from '../../support/database.js';

export interface ServerBench {
  url: string;
  app: NestExpressApplication;
  /** The pipeline's own hand. */
  own: Pool;
  foreign: Pool;
  assets: AssetStore;
  get(where: string, headers?: Record<string, string>): Promise<Answer>;
  post(where: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, where: string, init?: RequestInit): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are looked into, not typed
  body: any;
}

/** Throws where an answer is not what the OpenAPI document says it is. */
export const asDocumented = (schema: ZodType, { status, body }: Answer): void => {
  if (status === 200) schema.parse(body);
  else if (status === 409)
    schema.parse(Object.fromEntries(Object.entries(body).filter(([key]) => !HTTP_FIELDS.has(key))));
  else throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
};
const HTTP_FIELDS = new Set(['statusCode', 'error', 'message']);

export interface ServerOptions {
  boundTo?: string;
  isShared?: boolean;
  origins?: string[];
  rateLimit?: number;
}

/** The server as it runs, on a database of its own; its bridge stands still, so that rows move only by the test's hand. */
export async function openServerBench(options: ServerOptions = {}): Promise<ServerBench> {
  const database = await createTestDatabase();
  const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }, pino.destination(2));
  const pool = (name: string, writer?: 'bridge' | 'worker') =>
    createPool({ url: database.url, name, size: 6, log, ...(writer && { writer }) });
  const pools = {
    bridge: pool('bridge', 'bridge'),
    own: pool('own', 'worker'),
    admin: pool('admin'),
    foreign: pool('foreign'),
  };
  const connection = Connection.lazy({ address: inject('temporalAddress') });
  const temporal = new Client({ connection, namespace: 'default' });
  const assets = createAssetStore({ root: mkdtempSync(path.join(os.tmpdir(), 'server-')), partName: 'yh' });
  const listening = { databaseUrl: database.url, log, reconnectDelay: 500, probeInterval: 5_000 };
  const app = await createServerApp({
    log,
    registry: createRegistry('server'),
    bridge: {
      ...listening,
      enabled: false,
      pool: pools.bridge,
      starter: createStarter(temporal),
      runs: createRuns(temporal),
      retention: loadConfig({}).retention,
      files: { root: assets.root, partName: 'yh' },
      defaultGeneration: 'internal',
      variantsPerJob: 3,
      sweepInterval: 600_000,
      maxAttempts: 5,
    },
    health: {
      service: 'app-server',
      pool: pools.bridge,
      temporal,
      intakeIsEnabled: false,
      staleAfter: 1_000,
      stagesUrl: null,
      stagesArePeer: false,
    },
    auth: {
      auth: new AuthSettings(
        pools.admin,
        options.boundTo ?? '127.0.0.1',
        options.isShared ?? false,
        options.origins ?? [],
      ),
      rateLimit: options.rateLimit ?? 10_000,
    },
    admin: {
      pool: pools.admin,
      runs: createRunControl(temporal),
      assets,
      read: {
        waitPatience: { ad_copy_kor: 60_000, picture: 600_000, siblings: 30_000 },
        workflowUrl: (id) => workflowUrl('http://ui', 'default', id),
      },
      queues: () => readQueues(pools.admin, temporal, { stageSlots: 16, imageSlots: 2 }),
      creation: { partName: 'yh', variantsPerJob: 3 },
      events: { ...listening, pool: pools.admin },
    },
  });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const send = async (method: string, where: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(new URL(where, url), { method, redirect: 'manual', ...init });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text };
  };
  return {
    url,
    app,
    own: pools.own,
    foreign: pools.foreign,
    assets,
    send,
    get: (where, headers = {}) => send('GET', where, { headers }),
    post: (where, body = {}, headers = {}) =>
      send('POST', where, {
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    async close() {
      await app.close();
      await connection.close();
      await Promise.all(Object.values(pools).map((each) => each.end()));
      rmSync(assets.root, { recursive: true, force: true });
      await database.drop();
    },
  };
}
