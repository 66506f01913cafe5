import os from 'node:os';
import type { DeletionTools } from '../../admin/delete-job.js';
import type { Order, Outcome } from '../../admin/orders.js';
import { createRunControl, noRunControl } from '../../admin/run-control.js';
import { BadOrder, KeyReused, NotFound } from '../../admin/trouble.js';
import { createAssetStore } from '../../assets/asset-store.js';
import { type Config, loadConfig } from '../../config/config.js';
import { createPool } from '../../db/pool.js';
import { createLogger } from '../../log.js';
import { findStack } from '../../stack/stack-lock.js';
import { UserError } from '../../stack/user-error.js';
import { createTemporalClient } from '../../temporal/connection.js';
import { withMigratedDatabase } from '../database.js';

export interface OrderOptions {
  json?: boolean;
  note?: string;
  idempotencyKey?: string;
}

/** What the commands of operators work with: the database, Temporal where one is known, the files. */
export const withTools = async <T>(work: (tools: DeletionTools) => Promise<T>): Promise<T> => {
  const config = loadConfig();
  return withMigratedDatabase(config, async (url) => {
    const pool = createPool({ url, name: 'cli', writer: 'admin', size: 2, log: createLogger('cli', 'silent') });
    const ready = findStack(config.dataDir)?.ready;
    const temporal = temporalOf(config);
    const assets = createAssetStore({ root: ready?.assetsDir ?? config.assetsDir, partName: config.partName });
    try {
      return await work({ pool, assets, runs: temporal ? createRunControl(temporal) : noRunControl });
    } finally {
      await temporal?.connection.close();
      await pool.end();
    }
  });
};

const temporalOf = (config: Config) => {
  const ready = findStack(config.dataDir)?.ready;
  if (config.temporal.address) return createTemporalClient(config.temporal);
  if (!ready) return null;
  const { temporalAddress: address, temporalNamespace: namespace } = ready;
  return createTemporalClient({ ...config.temporal, address, namespace });
};

const orderOf = ({ note, idempotencyKey }: OrderOptions): Order => ({
  actor: `cli:${os.userInfo().username}`,
  ...(note !== undefined && { note }),
  ...(idempotencyKey !== undefined && { idempotencyKey }),
});

/**
 * Gives an order and prints what it came to: a line for people, or the whole answer as JSON. A refusal ends with exit
 * code 1, like anything that went wrong.
 */
export async function give<A extends Outcome>(
  options: OrderOptions,
  act: (tools: DeletionTools, order: Order) => Promise<A>,
  details: (answer: A) => string[] = () => [],
): Promise<void> {
  const answer = await withTools((tools) => act(tools, orderOf(options))).catch((error: unknown) => {
    if (error instanceof NotFound || error instanceof BadOrder || error instanceof KeyReused)
      throw new UserError(error.message);
    throw error;
  });
  if (options.json) console.log(JSON.stringify(answer));
  else for (const line of [`${answer.outcome}: ${answer.says}`, ...details(answer)]) console.log(line);
  if (answer.outcome === 'refused') process.exitCode = 1;
}
