import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadInput } from '../../../activities/failures.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { badHeif, badPictures, hardPictures } from '../../support/hard-pictures.js';
import { drawnDish } from '../../support/pictures.js';
import { stateOf } from '../../support/rows.js';
import { type GenerationBench, openGenerationBench } from './generation-bench.js';
import { watchedProvider } from './watched-provider.js';

let bench: GenerationBench;
let dish: Buffer;
beforeAll(async () => {
  [bench, dish] = await Promise.all([openGenerationBench(), drawnDish()]);
});
afterAll(() => bench?.close());

/** A job whose photo was something else by the time it is looked at: whoever writes SQL checks nothing. */
async function jobWith(bytes: Buffer, photos: Buffer[] = [dish]) {
  const job = await bench.addJob(photos, { variantsCount: 2 });
  const { rows } = await bench.pool.query(
    `select image_url from image_assets join job_inputs on img_asset_id = image_asset_id where job_inputs.job_id = $1`,
    [job.jobId],
  );
  writeFileSync(bench.assets.pathOf(rows[0].image_url), bytes);
  return job;
}

const messageOf = async (work: Promise<void>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BadInput);
  return (error as Error).message;
};

describe('a photo that cannot be used', () => {
  it('is refused in words, for every variant alike, and looked at once', async () => {
    for (const { name, bytes, refusal } of [...(await badPictures()), ...badHeif()]) {
      const { jobId, variantIds } = await jobWith(bytes);
      const provider = watchedProvider();
      const worker = bench.worker(provider);
      const claims = await Promise.all(variantIds.map((id) => bench.claim(jobId, id)));
      const messages = await Promise.all(claims.map((claim) => messageOf(worker.make(claim))));
      expect(new Set(messages).size, name).toBe(1);
      expect(messages[0], name).toMatch(refusal);
      expect(messages[0], name).toMatch(/^the source picture: /);
      expect(provider.prepared, name).toHaveLength(1);

      for (const claim of claims) await bench.fail(claim, messages[0] as string);
      expect(await stateOf(bench.pool, 'jobs', jobId), name).toBe('img_gen/failed');
      const { rows } = await bench.pool.query('select status, finished_at from gen_runs where job_id = $1', [jobId]);
      expect(rows, name).toEqual([{ status: 'failed', finished_at: expect.any(Date) }]);
    }
    expect(bench.files().filter((file) => /generated|cutout|plan/.test(file))).toEqual([]);
  });

  it('leaves the variants of another photo alone', async () => {
    const { jobId, variantIds } = await jobWith(Buffer.alloc(0), [dish, await drawnDish(200)]);
    const [bad, good] = variantIds as [string, string];
    const worker = bench.worker(watchedProvider());
    const refused = await bench.claim(jobId, bad);
    await bench.fail(refused, await messageOf(worker.make(refused)));
    await worker.make(await bench.claim(jobId, good));
    expect(await stateOf(bench.pool, 'jobs_variants', bad)).toBe('img_gen/failed');
    expect(await stateOf(bench.pool, 'jobs_variants', good)).toBe('img_gen/done');
    // Whoever is left has its picture.
    expect(await stateOf(bench.pool, 'jobs', jobId)).toBe('img_gen/done');
    const { rows } = await bench.pool.query('select status from gen_runs where job_id = $1 order by 1', [jobId]);
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });

  it('is no photo at all', async () => {
    const { jobId, variantIds } = await bench.addJob([dish], { variantsCount: 1 });
    const [id] = variantIds as [string];
    const { rows } = await bench.pool.query(
      `update image_assets set image_url = '/assets/../secret.png'
      where job_id = $1 returning image_asset_id`,
      [jobId],
    );
    expect(rows).toHaveLength(1);
    const claim = await bench.claim(jobId, id);
    expect(await messageOf(bench.worker(watchedProvider()).make(claim))).toMatch(/no usable asset URL/);
    await bench.pool.query(`update image_assets set image_url = '/assets/gone.png' where job_id = $1`, [jobId]);
    expect(await messageOf(bench.worker(watchedProvider()).make(claim))).toMatch(/gone.png is missing/);
    const orphan = { ...claim, inputs: { ...claim.inputs, source_asset_id: null } };
    expect(await messageOf(bench.worker(watchedProvider()).make(orphan))).toMatch(/no source picture/);
  });
});

describe('a hard photo', () => {
  it('becomes a picture all the same', async () => {
    const pictures = await hardPictures();
    for (const { name, bytes } of pictures) {
      const { jobId, variantIds } = await jobWith(bytes);
      const [id] = variantIds as [string];
      await bench.worker(watchedProvider()).make(await bench.claim(jobId, id));
      const { rows } = await bench.pool.query(
        `select image_url from image_assets join jobs_variants on img_asset_id = image_asset_id where job_variants_id = $1`,
        [id],
      );
      const png = await bench.assets.read(rows[0].image_url);
      expect(await sharp(png).metadata(), name).toMatchObject({
        format: 'png',
        width: 1080,
        height: 1080,
        space: 'srgb',
      });
      const { channels } = await sharp(png).stats();
      // Something is to be seen on it.
      expect(Math.max(...channels.map(({ stdev }) => stdev)), name).toBeGreaterThan(3);
    }
  }, 300_000);
});
