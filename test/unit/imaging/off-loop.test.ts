import { afterEach, describe, expect, it } from 'vitest';
import { closeOffLoop, OffLoopCrash, OffLoopTimeout, runOffLoop } from '../../../src/imaging/off-loop.js';

const WORK = new URL('./threads/work.ts', import.meta.url);
/** Far more than any of these calls takes, on any machine. */
const timeoutMs = 60_000;
const run = <Output>(name: string, input: object = {}, more: Partial<Parameters<typeof runOffLoop>[3]> = {}) =>
  runOffLoop<object, Output>(WORK, name, input, { timeoutMs, ...more });

afterEach(closeOffLoop);

describe('off-loop work', () => {
  it('is computed in a thread and comes back, buffers moved both ways on request', async () => {
    const values = Uint8Array.from([1, 2, 3]);
    expect(await run('doubled', { values })).toEqual({ values: Uint8Array.from([2, 4, 6]) });
    expect(values.byteLength).toBe(3);
    await run('doubled', { values }, { transfer: [values.buffer] });
    expect(values.byteLength).toBe(0);
  });

  it('reuses its threads, and never has more than two', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => run<number>('threadId')));
    expect(new Set(ids).size).toBeLessThanOrEqual(2);
    expect(ids).not.toContain(0);
  });

  it('leaves the event loop free', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    await run('spin', {}, { timeoutMs: 300 }).catch(() => {});
    clearInterval(counting);
    expect(turns).toBeGreaterThan(20);
  });

  it('passes on what the function throws, and keeps the thread', async () => {
    const before = await run<number>('threadId');
    await expect(run('refuse')).rejects.toMatchObject({ name: 'RangeError', message: 'the picture is too dark' });
    await expect(run('missing')).rejects.toThrow(/exports no function missing/);
    expect(await run<number>('threadId')).toBe(before);
  });

  it('stops what takes too long and goes on with a new thread', async () => {
    const before = await run<number>('threadId');
    await expect(run('spin', {}, { timeoutMs: 50 })).rejects.toThrow(OffLoopTimeout);
    expect(await run<number>('threadId')).not.toBe(before);
  });

  it.each([
    ['an uncaught error', 'crash', /the library gave up/],
    ['an exit', 'leave', /ended with its thread/],
    ['a full heap', 'eatMemory', /memory/],
  ])('survives %s of a library: one call fails, the next is served', async (_what, name, words) => {
    const failed = run(name);
    await expect(failed).rejects.toThrow(OffLoopCrash);
    await expect(failed).rejects.toThrow(words);
    expect(await run('doubled', { values: Uint8Array.of(4) })).toEqual({ values: Uint8Array.of(8) });
  });

  it('gives up at once when told to, in a thread and in the queue', async () => {
    const stop = new AbortController();
    const running = [run('spin', {}, { signal: stop.signal }), run('spin', {}, { signal: stop.signal })];
    const queued = run('threadId', {}, { signal: stop.signal });
    const refusals = [...running, queued].map((call) => expect(call).rejects.toThrow('enough'));
    stop.abort(new Error('enough'));
    await Promise.all(refusals);
    await expect(run('threadId', {}, { signal: stop.signal })).rejects.toThrow('enough');
    expect(await run<number>('threadId')).toBeGreaterThan(0);
  });
});
