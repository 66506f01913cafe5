import { expect, test } from 'vitest';
import type { ChildEnd } from '../../../src/stack/bound-child.js';
import { keepAlive, type Running } from '../../../src/stack/kept-alive.js';

interface Fake extends Running {
  die(): void;
  stops: number;
}

let nextPid = 1;

const createFake = (): Fake => {
  let end: (how: ChildEnd) => void = () => {};
  const ended = new Promise<ChildEnd>((resolve) => {
    end = resolve;
  });
  const fake: Fake = {
    pid: nextPid++,
    ended,
    stops: 0,
    die: () => end({ code: null, signal: 'SIGKILL' }),
    kill: () => end({ code: null, signal: 'SIGKILL' }),
    async stop() {
      fake.stops += 1;
      end({ code: 0, signal: null });
    },
  };
  return fake;
};

/** A thing that is kept alive, whose next starts fail as often as told. */
const keep = (failures = 0) => {
  const first = createFake();
  const started: Fake[] = [];
  const said: string[] = [];
  const again = async (): Promise<Fake> => {
    if (failures-- > 0) throw new Error('not yet');
    const fake = createFake();
    started.push(fake);
    return fake;
  };
  const kept = keepAlive({ name: 'thing', first, again, say: (line) => said.push(line), onChange: () => {} });
  return { first, started, said, kept };
};

test('what dies is started again, and the new one is watched as well', async () => {
  const { first, started, said, kept } = keep();
  first.die();
  await expect.poll(() => started.length).toBe(1);
  started[0]?.die();
  await expect.poll(() => started.length).toBe(2);
  await expect.poll(() => kept.pid()).toBe(started[1]?.pid);
  expect(said[0]).toContain(`thing (pid ${first.pid}) ended by SIGKILL`);
  await kept.stop();
});

test('a start that fails is tried again', async () => {
  const { first, started, said, kept } = keep(2);
  first.die();
  await expect.poll(() => started.length, { timeout: 5_000 }).toBe(1);
  expect(said.filter((line) => line.includes('not yet'))).toHaveLength(2);
  await kept.stop();
});

test('what is stopped is not started again', async () => {
  const { first, started, kept } = keep();
  await kept.stop();
  expect(first.stops).toBe(1);
  expect(started).toEqual([]);
});

test('a stop between death and restart ends the waiting', async () => {
  const { first, started, kept } = keep(1_000);
  first.die();
  await expect.poll(() => kept.pid()).toBeNull();
  await kept.stop();
  expect(started).toEqual([]);
});
