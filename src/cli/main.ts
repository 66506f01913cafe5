#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { messageFor } from '../stack/error-message.js';
import { adoptCommand } from './adopt.js';
import { assetsCommand } from './assets.js';
import { briefsCommand } from './briefs.js';
import { cleanCommand } from './clean.js';
import { demoCommand } from './demo.js';
import { doctorCommand } from './doctor.js';
import { EXIT } from './exit-codes.js';
import { jobsCommand } from './jobs.js';
import { LANGUAGES } from './language.js';
import { listenerCommand } from './listener.js';
import { longrunCommand } from './longrun.js';
import { t } from './messages/index.js';
import { migrateCommand } from './migrate.js';
import { brandsCommand } from './operations/brands.js';
import { intakeCommand } from './operations/intake.js';
import { keysCommand } from './operations/keys.js';
import { variantsCommand } from './operations/variants.js';
import { photosCommand } from './photos.js';
import { pictureBenchCommand } from './picture-bench/command.js';
import { qualityCommand } from './quality.js';
import { reconcileCommand } from './reconcile.js';
import { sqlCommand } from './sql.js';
import { triggerCommand } from './trigger.js';
import { yeCommand } from './ye.js';

// A reader that went away (`npm run sql … | head -1`) is no reason for a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const titles: Record<string, string> = t.help.titles;

const program = new Command('feedlyai')
  .description(t.program)
  .addOption(new Option('--lang <language>', t.options.lang).choices([...LANGUAGES]))
  .showHelpAfterError(t.help.afterError)
  .configureHelp({ styleTitle: (title) => titles[title] ?? title })
  .helpOption('-h, --help', t.help.option)
  .helpCommand('help [command]', t.help.command)
  .addCommand(demoCommand())
  .addCommand(migrateCommand())
  .addCommand(adoptCommand())
  .addCommand(sqlCommand())
  .addCommand(reconcileCommand())
  .addCommand(jobsCommand())
  .addCommand(variantsCommand())
  .addCommand(briefsCommand())
  .addCommand(photosCommand())
  .addCommand(yeCommand())
  .addCommand(listenerCommand())
  .addCommand(triggerCommand())
  .addCommand(doctorCommand())
  .addCommand(longrunCommand())
  .addCommand(intakeCommand())
  .addCommand(brandsCommand())
  .addCommand(keysCommand())
  .addCommand(qualityCommand())
  .addCommand(pictureBenchCommand())
  .addCommand(assetsCommand())
  .addCommand(cleanCommand());
// A command line that cannot be understood is another thing than a question that was answered with no: exit code 2.
program.exitOverride();
const inherit = (parent: Command): void => {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
};
inherit(program);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong itself; what ends it with 0 is help.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  else {
    process.stderr.write(`${messageFor(error)}\n`);
    process.exitCode = EXIT.no;
  }
}
