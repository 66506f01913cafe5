import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { PictureBenchOptions } from './run.js';
import { t } from '../messages/index.js';

const fromTyped = (folder: string): string => path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return number;
};

export const pictureBenchCommand = (): Command =>
  new Command('bench:pictures')
    .description(t.commands.benchPictures)
    .option('--pairs <number>', 'blocks of worker and script, in turns', count, 7)
    .option('--jobs <number>', 'jobs of three pictures in a block', count, 12)
    .option('--photos <folder>', 'photos to use; drawn dishes when not given', fromTyped)
    .option('--flat <pictures>', "instead: the worker's memory over so many pictures", count)
    .action(async (options: PictureBenchOptions) => {
      const { runPictureBench } = await import('./run.js');
      await runPictureBench(options);
    });
