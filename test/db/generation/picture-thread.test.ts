import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim } from '../../../activities/claims.js';
import { Away, BadInput, Busy } from '../../../activities/failures.js';
import { createLocalImageProvider } from '../../../src/generation/local-provider.js';
import type { PictureThreadSettings } from '../../../src/generation/picture-thread-messages.js';
import {
  createThreadedPictureMaker,
  type ThreadedPictureMaker,
} from '../../../src/generation/threaded-picture-maker.js';
import { OffLoopCrash } from '../../../src/imaging/off-loop.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { freePort } from '../../../src/stack/ports.js';
import { drawnDish } from '../../support/pictures.js';
import { stateOf } from '../../support/rows.js';
import { type GenerationBench, openGenerationBench } from './generation-bench.js';
import { PLAIN } from './plain-provider.js';

let bench: GenerationBench;
let settings: PictureThreadSettings;
let maker: ThreadedPictureMaker;
beforeAll(async () => {
  bench = await openGenerationBench();
  settings = {
    database: { url: bench.url, publishOwnWrites: true, size: 6 },
    assets: { root: bench.assets.root, partName: 'yh' },
    maxMegapixels: 1,
    slots: 2,
    logLevel: 'silent',
  };
  maker = createThreadedPictureMaker(settings);
});
afterAll(async () => {
  await maker?.close();
  await bench?.close();
});

const going = (): AbortSignal => new AbortController().signal;
const claimFor = async (photo: Buffer): Promise<Claim> => {
  const { jobId, variantIds } = await bench.addJob([photo], { variantsCount: 1 });
  return bench.claim(jobId, variantIds[0] as string);
};
const stateAt = (claim: Claim): Promise<string> => stateOf(bench.pool, 'jobs_variants', claim.unitId);

describe('pictures made in a thread of their own', () => {
  it('are to the byte those that are made without one, several at once', async () => {
    const { jobId, variantIds } = await bench.addJob([await drawnDish()], { variantsCount: 2 });
    const claims = await Promise.all(variantIds.map((id) => bench.claim(jobId, id)));
    await Promise.all(claims.map((claim) => maker.make(claim, going())));
    for (const claim of claims) expect(await stateAt(claim)).toBe('img_gen/done');

    // Made again here, from the photo on: a file of other bytes would get a name of its own.
    const before = bench.files();
    await bench.pool.query('delete from pipeline.prepared_photos where job_id = $1', [jobId]);
    await bench.pool.query(
      `with undone as (update pipeline.claims set state = 'open' where job_id = $1 and stage = 'img_gen')
       update jobs_variants set status = 'running' where job_id = $1`,
      [jobId],
    );
    const here = bench.worker(createLocalImageProvider());
    await Promise.all(claims.map((claim) => here.make(claim)));
    expect(bench.files()).toEqual(before);
  });

  it('fail as they would without one: bad input, somebody else, a database that is away', async () => {
    const large = await sharp(PLAIN).resize(1100, 1000).jpeg().toBuffer();
    const refused = maker.make(await claimFor(large), going());
    await expect(refused).rejects.toBeInstanceOf(BadInput);
    // Under the limits of the process.
    await expect(refused).rejects.toThrow(/at most 1 MP/);

    const taken = await claimFor(PLAIN);
    await bench.claim(taken.jobId, taken.unitId);
    const busy = maker.make(taken, going());
    await expect(busy).rejects.toBeInstanceOf(Busy);
    await expect(busy).rejects.toHaveProperty('retryAfterMs', 0);

    const nowhere = createThreadedPictureMaker({
      ...settings,
      database: { ...settings.database, url: `postgresql://127.0.0.1:${await freePort()}/none` },
    });
    await expect(nowhere.make(await claimFor(PLAIN), going())).rejects.toBeInstanceOf(Away);
    await nowhere.close();

    const faulty = { ...(await claimFor(PLAIN)), jobId: 'no id at all' };
    await expect(maker.make(faulty, going())).rejects.toThrow(/invalid input syntax for type uuid/);
  });

  it('stop when they are told to, and say why, while others go on', async () => {
    const dish = await drawnDish();
    const [stopped, other] = [await claimFor(dish), await claimFor(dish)];
    const abort = new AbortController();
    const reason = new Error('the worker is shutting down');
    const stopping = maker.make(stopped, abort.signal);
    const goingOn = maker.make(other, going());
    abort.abort(reason);
    await expect(stopping).rejects.toBe(reason);
    expect(await stateAt(stopped)).toBe('img_gen/running');
    await expect(maker.make(stopped, abort.signal)).rejects.toBe(reason);
    await goingOn;
    expect(await stateAt(other)).toBe('img_gen/done');
  });

  it('fail with a thread that broke under them, and the next one gets another thread', async () => {
    const broken = createThreadedPictureMaker(settings, new URL('./threads/broken-thread.ts', import.meta.url));
    const claim = await claimFor(PLAIN);
    for (const call of [1, 2].map(() => broken.make(claim, going())))
      await expect(call).rejects.toBeInstanceOf(OffLoopCrash);
    await expect(broken.make(claim, going())).rejects.toThrow('the picture thread ended under its work');
    await broken.close();
  });

  it('leave no connection behind once they are closed', async () => {
    const url = `${bench.url}${bench.url.includes('?') ? '&' : '?'}application_name=closing`;
    const own = createThreadedPictureMaker({ ...settings, database: { ...settings.database, url } });
    const connections = async (): Promise<number> =>
      (await bench.pool.query(`select from pg_stat_activity where application_name = 'closing'`)).rows.length;
    await own.make(await claimFor(PLAIN), going());
    expect(await connections()).toBeGreaterThan(0);
    await own.close();
    await own.close();
    await expect.poll(connections).toBe(0);
  });
});
