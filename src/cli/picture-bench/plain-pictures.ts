import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createLocalImageProvider } from '../../generation/local-provider.js';
import { withPngText } from '../../imaging/png-text.js';

/** What the plain script is to make: the pictures of so many jobs, and nothing of rows, workflows or leases. */
export interface PlainOrder {
  photos: string[];
  jobs: number;
  variants: number;
  promptType: string;
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

async function make({ photos, jobs, variants, promptType, lanes, folder }: PlainOrder): Promise<number> {
  const started = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let job = next++; job < jobs; job = next++) {
      const photo = await readFile(photos[job % photos.length] as string);
      await makeJob(photo, job, { variants, promptType, folder });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return performance.now() - started;
}

async function makeJob(
  photo: Buffer,
  job: number,
  { variants, promptType, folder }: Pick<PlainOrder, 'variants' | 'promptType' | 'folder'>,
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
      promptType,
      format: 'square',
      season: 'autumn',
    });
    await save(`${variantIndex}.png`, withPngText(picture.png, picture.provenance));
    await save(`${variantIndex}-canvas.png`, picture.canvas);
    await save(`${variantIndex}-mask.png`, picture.mask);
  }
}
