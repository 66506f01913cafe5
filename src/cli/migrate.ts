import { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { migrate } from '../db/migrate.js';
import { withDatabase } from './database.js';

export const migrateCommand = (): Command =>
  new Command('migrate').description('apply what is missing of sql/ to the database').action(async () => {
    const { applied } = await withDatabase(loadConfig(), migrate);
    for (const name of applied) console.log(`applied ${name}`);
    if (applied.length === 0) console.log('nothing to do');
  });
