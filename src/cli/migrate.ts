import { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { adopt } from '../db/adoption/adopt.js';
import { restore } from '../db/adoption/restore.js';
import { migrate } from '../db/migrate.js';
import { UserError } from '../stack/user-error.js';
import { withDatabase } from './database.js';
import { t } from './messages/index.js';

const tell = (lines: string[]): void => {
  for (const line of lines.length > 0 ? lines : ['nothing to do']) console.log(line);
};

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description(t.commands.migrate)
    .option('--adopt', 'take over a database that holds the tables already, or put ours right where it was changed')
    .option('--restore', 'give an adopted database its old functions and triggers back')
    .action(async (options: { adopt?: boolean; restore?: boolean }) => {
      if (options.adopt && options.restore) throw new UserError('--adopt and --restore are opposites: choose one.');
      const config = loadConfig();
      if (options.adopt) {
        const { applied, done, odd } = await withDatabase(config, (url) => adopt(url));
        tell([...applied.map((name) => `applied ${name}`), ...done]);
        for (const line of odd) console.log(`odd: ${line}`);
      } else if (options.restore) {
        const { restored } = await withDatabase(config, restore);
        tell(restored.map((name) => `put back ${name}`));
      } else {
        const { applied } = await withDatabase(config, migrate);
        tell(applied.map((name) => `applied ${name}`));
      }
    });
