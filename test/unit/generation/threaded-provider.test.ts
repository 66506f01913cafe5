import { describe, expect, it } from 'vitest';
import { createLocalImageProvider } from '../../../src/generation/local-provider.js';
import { createThreadedProvider } from '../../../src/generation/threaded-provider.js';
import { OffLoopCrash } from '../../../src/imaging/off-loop.js';
import { UnreadableImageError } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawPlate } from '../imaging/pictures.js';
import { pictureRequest } from './picture-request.js';

const provider = createThreadedProvider({ maxMegapixels: 1 });

describe('the provider in its own thread', () => {
  it('makes the very pictures that it makes without one, several at once', async () => {
    const plain = createLocalImageProvider();
    const photo = await drawPlate();
    const [inThread, here] = await Promise.all([provider.prepare(photo, {}), plain.prepare(photo, {})]);
    expect(inThread).toEqual(here);
    const indexes = [1, 2, 3];
    const [pictures, expected] = await Promise.all(
      [provider, plain].map((maker) =>
        Promise.all(indexes.map((index) => maker.generate(pictureRequest(here, index)))),
      ),
    );
    const timeless = (list: typeof pictures) => list?.map((picture) => ({ ...picture, milliseconds: 0 }));
    expect(timeless(pictures)).toEqual(timeless(expected));
    expect(pictures?.every(({ png, canvas, mask }) => [png, canvas, mask].every(Buffer.isBuffer))).toBe(true);
  });

  it('refuses what it cannot use in the same words, under the limits of the process', async () => {
    const large = await sharp({ create: { width: 1100, height: 1000, channels: 3, background: '#777' } })
      .jpeg()
      .toBuffer();
    const refused = provider.prepare(large, {});
    await expect(refused).rejects.toBeInstanceOf(UnreadableImageError);
    await expect(refused).rejects.toThrow(/at most 1 MP/);
    await expect(provider.prepare(Buffer.from('no picture'), {})).rejects.toBeInstanceOf(UnreadableImageError);
  });

  it('stops when it is told to, and says why, while its other calls go on', async () => {
    const photo = await drawPlate();
    const abort = new AbortController();
    const reason = new Error('the worker is shutting down');
    const stopped = provider.prepare(photo, { signal: abort.signal });
    const other = provider.prepare(photo, {});
    abort.abort(reason);
    await expect(stopped).rejects.toBe(reason);
    await expect(provider.prepare(photo, { signal: abort.signal })).rejects.toBe(reason);
    expect((await other).upright.length).toBeGreaterThan(0);
  });

  it('fails the calls that a broken thread had, and starts another for the next', async () => {
    const broken = createThreadedProvider({
      maxMegapixels: 1,
      module: new URL('./threads/broken-provider.ts', import.meta.url),
    });
    const calls = [1, 2].map(() => broken.prepare(Buffer.from('any'), {}));
    for (const call of calls) await expect(call).rejects.toBeInstanceOf(OffLoopCrash);
    await expect(broken.prepare(Buffer.from('any'), {})).rejects.toThrow('the picture thread ended under its work');
  });
});
