import path from 'node:path';
import { Command } from 'commander';
import { t } from './messages/index.js';
import type { QualityOptions } from './quality-run.js';

/** `npm run` changes to the package's folder; paths are meant from where npm was called. */
const fromTyped = (folder: string): string => path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);

export const qualityCommand = (): Command =>
  new Command('quality')
    .description(t.commands.quality)
    .option('--photos <folder>', 'photos to measure with; drawn dishes when there are none', fromTyped)
    .option('--drawn', 'measure with the drawn dishes, also where photos are at hand')
    .option('--save <folder>', 'where the pictures and their contact sheet go; .data/quality when not given', fromTyped)
    .action(async (options: QualityOptions) => {
      // Loaded when asked for: the other commands start without the stage service.
      const { runQuality } = await import('./quality-run.js');
      const { complaints } = await runQuality(options);
      if (complaints.length > 0) process.exitCode = 1;
    });
