#!/usr/bin/env node
import { Command } from 'commander';
import { messageFor } from '../stack/error-message.js';
import { assetsCommand } from './assets.js';
import { cleanCommand } from './clean.js';
import { demoCommand } from './demo.js';
import { migrateCommand } from './migrate.js';
import { pictureBenchCommand } from './picture-bench/command.js';
import { qualityCommand } from './quality.js';
import { sqlCommand } from './sql.js';

// A reader that went away (`npm run sql … | head -1`) is no reason for a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const program = new Command('feedlyai')
  .description('Turns a food photo into Instagram advertisements: the operator’s tools.')
  .showHelpAfterError('(--help lists what there is)')
  .addCommand(demoCommand())
  .addCommand(migrateCommand())
  .addCommand(sqlCommand())
  .addCommand(qualityCommand())
  .addCommand(pictureBenchCommand())
  .addCommand(assetsCommand())
  .addCommand(cleanCommand());
for (const command of program.commands) command.copyInheritedSettings(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${messageFor(error)}\n`);
  process.exitCode = 1;
}
