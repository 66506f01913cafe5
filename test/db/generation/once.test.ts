import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim } from '../../../activities/claims.js';
import { drawnDish } from '../../support/pictures.js';
import type { DoomedAt, DoomedOrder } from './doomed-worker.js';
import { type GenerationBench, openGenerationBench } from './generation-bench.js';
import { type WatchedProvider, watchedProvider } from './watched-provider.js';

let bench: GenerationBench;
let photo: Buffer;
beforeAll(async () => {
  [bench, photo] = await Promise.all([openGenerationBench(), drawnDish()]);
});
afterAll(() => bench?.close());

/** A worker process that has stopped at the given point. */
async function doomedWorker(claim: Claim, at: DoomedAt): Promise<ChildProcess> {
  const order: DoomedOrder = { url: bench.url, assetsDir: bench.assets.root, claim, at };
  const child = fork(new URL('./doomed-worker.ts', import.meta.url), [JSON.stringify(order)], {
    execArgv: ['--import', new URL('../../support/typescript.mjs', import.meta.url).href],
  });
  const [message] = await once(child, 'message');
  expect(message).toBe('there');
  return child;
}

const jobOf = async (): Promise<{ jobId: string; variantId: string }> => {
  const { jobId, variantIds } = await bench.addJob([photo], { variantsCount: 1 });
  return { jobId, variantId: variantIds[0] as string };
};

/** The first photo that is prepared waits there until it is released; others do not. */
function holdFirstPreparation(provider: WatchedProvider): { begun: Promise<void>; release(): void } {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    provider.before.prepare = () => {
      resolve();
      return provider.prepared.length === 1 ? released : undefined;
    };
  });
  return { begun, release };
}

/** Everything a job's pictures leave, rows and files. */
async function effectsOf(jobId: string) {
  const { rows } = await bench.pool.query(
    `select (select count(*)::int from gen_runs where job_id = $1) as runs,
            (select count(*)::int from gen_variants join gen_runs using (run_id) where job_id = $1) as pictures,
            (select count(*)::int from image_assets where job_id = $1) as assets,
            (select status from gen_runs where job_id = $1) as run_status,
            (select string_agg(current_step || '/' || status, ', ') from jobs_variants where job_id = $1) as variant,
            (select current_step || '/' || status from jobs where job_id = $1) as job`,
    [jobId],
  );
  return rows[0];
}
/** The shop's photo, its upright copy, the cut-out, canvas, mask and picture. */
const ONCE = {
  runs: 1,
  pictures: 1,
  assets: 6,
  run_status: 'succeeded',
  variant: 'img_gen/done',
  job: 'img_gen/done',
};
/** One of each, and the plan. */
const FILES = ['canvas', 'cutout', 'generated', 'mask', 'original', 'plan', 'uploaded'];
const filesSince = (before: string[]): string[] =>
  bench
    .files()
    .filter((file) => !before.includes(file))
    .map((file) => file.split('/').at(-5) as string)
    .sort();

describe('a picture', () => {
  it.each([
    ['preparing the photo', 'prepare', 1],
    ['making the picture', 'generate', 0],
    ['publishing the files', 'canvas', 0],
  ] as const)('is made once although the worker was killed while %s', async (_, at, preparations) => {
    const before = bench.files();
    const { jobId, variantId } = await jobOf();
    const child = await doomedWorker(await bench.claim(jobId, variantId), at);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const provider = watchedProvider();
    await bench.worker(provider).make(await bench.claim(jobId, variantId));
    // What was saved before the crash is found again.
    expect(provider.prepared).toHaveLength(preparations);
    expect(await effectsOf(jobId)).toEqual(ONCE);
    expect(filesSince(before)).toEqual(FILES);
  });

  it.each(['prepare', 'generate'] as const)(
    'is not touched by a worker that slept at "%s" until another had finished',
    async (at) => {
      const before = bench.files();
      const { jobId, variantId } = await jobOf();
      const child = await doomedWorker(await bench.claim(jobId, variantId), at);
      child.kill('SIGSTOP');
      await bench.worker(watchedProvider()).make(await bench.claim(jobId, variantId));
      const snapshot = async () =>
        (await bench.pool.query('select * from pipeline.prepared_photos p join gen_runs using (run_id)')).rows;
      const finished = await snapshot();

      child.kill('SIGCONT');
      child.send('go on');
      const [last] = await once(child, 'message');
      expect(last).toMatch(/another attempt holds the claim/);
      expect(await snapshot()).toEqual(finished);
      expect(await effectsOf(jobId)).toEqual(ONCE);
      expect(filesSince(before)).toEqual(FILES);
    },
  );

  it('is the same, byte for byte, when an attempt is repeated', async () => {
    const { jobId, variantId } = await jobOf();
    const first = await bench.claim(jobId, variantId);
    const second = await bench.claim(jobId, variantId);
    const before = bench.files();
    await expect(bench.worker(watchedProvider()).make(first)).rejects.toThrow(/another attempt holds the claim/);
    const left = filesSince(before);
    await bench.worker(watchedProvider()).make(second);
    // Other bytes would have got another name.
    expect(filesSince(before)).toEqual(left);
    expect(await effectsOf(jobId)).toEqual(ONCE);
  });

  it('has its photo prepared anew when the saved files are gone', async () => {
    const { jobId, variantIds } = await bench.addJob([photo], { variantsCount: 2 });
    const [one, other] = variantIds as [string, string];
    const provider = watchedProvider();
    await bench.worker(provider).make(await bench.claim(jobId, one));
    const { rows } = await bench.pool.query(
      `select image_url from image_assets where job_id = $1 and image_type = 'pbg_cutout'`,
      [jobId],
    );
    rmSync(bench.assets.pathOf(rows[0].image_url));
    await bench.worker(provider).make(await bench.claim(jobId, other));
    expect(provider.prepared).toHaveLength(2);
    expect((await bench.assets.read(rows[0].image_url)).length).toBeGreaterThan(1_000);
    const made = await bench.pool.query('select status, latency_ms from gen_runs where job_id = $1', [jobId]);
    expect(made.rows).toEqual([{ status: 'succeeded', latency_ms: expect.any(Number) }]);
  });

  it('is waited for by its siblings, which hold no slot meanwhile', async () => {
    const { jobId, variantIds } = await bench.addJob([photo], { variantsCount: 2 });
    const other = await bench.addJob([photo], { variantsCount: 1 });
    const provider = watchedProvider();
    const worker = bench.worker(provider, 2);
    const held = holdFirstPreparation(provider);
    const claims = await Promise.all(variantIds.map((id) => bench.claim(jobId, id)));
    const siblings = claims.map((claim) => worker.make(claim));
    // One sibling computes (held back here), one waits: the second slot is free for another job.
    await worker.make(await bench.claim(other.jobId, other.variantIds[0] as string));
    expect(provider.generated).toHaveLength(1);
    held.release();
    await Promise.all(siblings);
    expect(provider.prepared).toHaveLength(2);
    expect(provider.generated).toHaveLength(3);
    // Handed over in the process, not read back from its files.
    const [, one, two] = provider.generated.map(([{ prepared }]) => prepared);
    expect(one).toBe(two);
  });

  it('is waited for no longer by a sibling that is cancelled itself', async () => {
    const { jobId, variantIds } = await bench.addJob([photo], { variantsCount: 2 });
    const [first, second] = await Promise.all(variantIds.map((id) => bench.claim(jobId, id)));
    const provider = watchedProvider();
    const worker = bench.worker(provider);
    const held = holdFirstPreparation(provider);
    const preparing = worker.make(first as Claim);
    await held.begun;
    const stop = new AbortController();
    const sibling = worker.make(second as Claim, stop.signal);
    const refusal = expect(sibling).rejects.toThrow('shut down');
    stop.abort(new Error('shut down'));
    await refusal;
    held.release();
    await preparing;
    expect(provider.prepared).toHaveLength(1);
  });

  it.each([
    ['the same worker', true],
    ['another worker', false],
  ])('gives the photo to a sibling on %s when its own attempt is cancelled', async (_, isSame) => {
    const { jobId, variantIds } = await bench.addJob([photo], { variantsCount: 2 });
    const [first, second] = await Promise.all(variantIds.map((id) => bench.claim(jobId, id)));
    const stop = new AbortController();
    const provider = watchedProvider();
    const begun = new Promise<void>((resolve) => {
      provider.before.prepare = () => {
        resolve();
        return provider.prepared.length > 1
          ? undefined
          : new Promise((_, reject) => {
              stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error));
            });
      };
    });
    const worker = bench.worker(provider);
    const cancelled = worker.make(first as Claim, stop.signal);
    const refusal = expect(cancelled).rejects.toThrow('shut down');
    await begun;
    const sibling = (isSame ? worker : bench.worker(provider)).make(second as Claim);
    stop.abort(new Error('shut down'));
    await refusal;
    await sibling;
    expect(provider.prepared).toHaveLength(2);
  });
});
