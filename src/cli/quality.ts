import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { PICTURE_SIZES } from '../generation/picture-size.js';
import type { PictureFormat } from '../generation/provider.js';
import { t } from './messages/index.js';
import type { QualityOptions } from './quality-run.js';

/** `npm run` changes to the package's folder; paths are meant from where npm was called. */
const fromTyped = (folder: string): string => path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);

function formatsIn(names: string): PictureFormat[] {
  const known = Object.keys(PICTURE_SIZES);
  return names.split(',').map((name) => {
    if (!known.includes(name)) throw new InvalidArgumentError(`"${name}" is no format; there are ${known.join(', ')}`);
    return name as PictureFormat;
  });
}

export const qualityCommand = (): Command =>
  new Command('quality')
    .description(t.commands.quality)
    .option('--photos <folder>', 'photos to measure with; drawn dishes when there are none', fromTyped)
    .option('--drawn', 'measure with the drawn dishes, also where photos are at hand')
    .option('--briefs <file>', 'JSON: [{"photo", "tone"?, "brief": {roles} or "sentence"}]', fromTyped)
    .option('--formats <names>', 'square, portrait, tall, story; separated by commas', formatsIn)
    .option('--every-design', 'every design that a photo can bear, instead of the three that are chosen for it')
    .option('--save <folder>', 'where the pictures and their contact sheet go; .data/quality when not given', fromTyped)
    .action(async (options: QualityOptions) => {
      // Loaded when asked for: the other commands start without the stage service.
      const { runQuality } = await import('./quality-run.js');
      const { complaints } = await runQuality(options);
      if (complaints.length > 0) process.exitCode = 1;
    });
