import { Command } from 'commander';
import { sweepOrphanFiles } from '../assets/orphan-files.js';
import { loadConfig } from '../config/config.js';
import { createPool } from '../db/pool.js';
import { createLogger } from '../log.js';
import { withMigratedDatabase } from './database.js';
import { t } from './messages/index.js';

const sweepCommand = (): Command =>
  new Command('sweep')
    .description(t.commands.sweepFiles)
    .option('--dry-run', 'only tell which')
    .option('--json', 'the answer as one line of JSON')
    .action(async ({ dryRun = false, json = false }: { dryRun?: boolean; json?: boolean }) => {
      const config = loadConfig();
      const found = await withMigratedDatabase(config, async (url) => {
        const pool = createPool({ url, name: 'assets', size: 1, log: createLogger('assets', config.logLevel) });
        try {
          return await sweepOrphanFiles(
            { pool, root: config.assetsDir, partName: config.partName },
            { olderThanMs: config.retention.orphanFileAge, dryRun },
          );
        } finally {
          await pool.end();
        }
      });
      if (json) return console.log(JSON.stringify({ dryRun, ...found }));
      for (const url of found.orphans) console.log(url);
      const verb = dryRun ? 'would be removed' : 'removed';
      console.log(`${found.orphans.length} of ${found.looked} files ${verb} (${found.bytes} bytes)`);
    });

export const assetsCommand = (): Command =>
  new Command('assets').description(t.commands.assets).addCommand(sweepCommand());
