import { Command } from 'commander';
import { pino } from 'pino';
import { wakeOrphans } from '../bridge/orphans.js';
import { type Found, reconcile } from '../bridge/reconcile.js';
import { createRuns } from '../bridge/runs.js';
import { createStarter } from '../bridge/starter.js';
import { type Config, loadConfig } from '../config/config.js';
import { createPool } from '../db/pool.js';
import { findStack } from '../stack/stack-lock.js';
import { UserError } from '../stack/user-error.js';
import { createTemporalClient } from '../temporal/connection.js';
import { t } from './messages/index.js';

interface Report {
  /** Every unit that looked as if nobody worked on it, and what was done about it. */
  found: Found[];
  /** Workflows whose row is gone. */
  orphans: string[];
}

export const reconcileCommand = (): Command =>
  new Command('reconcile')
    .description(t.commands.reconcile)
    .option('--json', 'one line of JSON: {"found": [...], "orphans": [...]}')
    .action(async (options: { json?: boolean }) => {
      const report = await reconcileOnce(loadConfig());
      console.log(options.json ? JSON.stringify(report) : inWords(report));
    });

/** Database and Temporal: the configured ones, else the running stack's. */
const whereToLook = (config: Config): { databaseUrl: string; temporal: Config['temporal'] } => {
  const ready = findStack(config.dataDir)?.ready;
  const databaseUrl = config.database.url ?? ready?.databaseUrl;
  const address = config.temporal.address ?? ready?.temporalAddress;
  if (databaseUrl && address) return { databaseUrl, temporal: { ...config.temporal, address } };
  const missing = [!databaseUrl && 'DATABASE_URL', !address && 'TEMPORAL_ADDRESS'].filter(Boolean).join(' and ');
  throw new UserError(
    `There is nothing to compare: no stack runs on ${config.dataDir}, and ${missing} is not set. Start it with "npm start".`,
  );
};

async function reconcileOnce(config: Config): Promise<Report> {
  const { databaseUrl, temporal } = whereToLook(config);
  const log = pino({ level: 'silent' });
  const pool = createPool({ url: databaseUrl, name: 'reconcile', writer: 'bridge', size: 4, log });
  const client = createTemporalClient(temporal);
  const { policy, bridge } = config;
  try {
    const parts = { pool, runs: createRuns(client), starter: createStarter(client), log };
    const settings = {
      ...parts,
      defaultGeneration: policy.imageGeneration,
      variantsPerJob: policy.variantsPerJob,
      sweepInterval: bridge.sweepInterval,
    };
    return { found: await reconcile(settings, { all: true }), orphans: await wakeOrphans(parts) };
  } finally {
    await client.connection.close();
    await pool.end();
  }
}

const DONE: Record<Found['action'], string> = {
  start: 'started',
  restart: 'started again',
  fail: 'failed',
  wake: 'woken',
  ring: 'an event was left for it',
  nothing: 'left as it is',
};

const inWords = ({ found, orphans }: Report): string =>
  [
    ...found.map(
      ({ kind, unitId, step, status, action, because }) =>
        `${kind} ${unitId} (${step}, ${status}): ${DONE[action]}, because ${because}`,
    ),
    ...orphans.map((workflowId) => `${workflowId}: woken, because its row is gone`),
    `${found.length + orphans.length} looked as if nobody worked on them`,
  ].join('\n');
