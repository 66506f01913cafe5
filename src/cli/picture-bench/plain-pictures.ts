import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createLocalImageProvider } from '../../generation/local-provider.js';
import { withPngText } from '../../imaging/png-text.js';
import { koreanMonth, seasonOf } from '../../seasons.js';

/** What the plain script is to make: the pictures of so many jobs, and nothing of rows, workflows or leases. */
export interface PlainOrder {
  photos: string[];
  jobs: number;
  variants: number;
  /** Jobs side by side. */
  lanes: number;
  folder: string;
}

export interface PlainAnswer {
  milliseconds: number;
}

const provider = createLocalImageProvider();

process.on('message', (order: PlainOrder) => {
  void make(order).then((milliseconds) => process.send?.({ milliseconds } satisfies PlainAnswer));
});
process.once('disconnect', () => process.exit());

async function make({ photos, jobs, variants, lanes, folder }: PlainOrder): Promise<number> {
  const started = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let job = next++; job < jobs; job = next++) {
      const photo = await readFile(photos[job % photos.length] as string);
      await makeJob(photo, job, { variants, folder });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return performance.now() - started;
}

async function makeJob(
  photo: Buffer,
  job: number,
  { variants, folder }: Pick<PlainOrder, 'variants' | 'folder'>,
): Promise<void> {
  const prepared = await provider.prepare(photo, {});
  const save = (name: string, bytes: Buffer) => writeFile(path.join(folder, `${job}-${name}`), bytes);
  await save('upright.jpg', prepared.upright);
  if (prepared.cutout) await save('cutout.png', prepared.cutout);
  for (let variantIndex = 1; variantIndex <= variants; variantIndex++) {
    const seed = `${job}:${variantIndex}`;
    const picture = await provider.generate({
      prepared,
      variantIndex,
      variantCount: variants,
      seed,
      // As the worker's jobs have it: no tone chosen, hence three unlike designs and no presets.
      promptType: null,
      format: 'square',
      season: seasonOf(koreanMonth(new Date())),
    });
    await save(`${variantIndex}.png`, withPngText(picture.png, picture.provenance));
    await save(`${variantIndex}-canvas.png`, picture.canvas);
    await save(`${variantIndex}-mask.png`, picture.mask);
  }
}
