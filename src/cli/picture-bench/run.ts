import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawSampleDish, SAMPLE_DISHES } from '../../generation/sample-dishes.js';
import { sharp } from '../../imaging/sharp.js';
import { movedFolderIfAny } from '../../stack/postgres-home.js';
import { exitCodeAfter, onStopSignal } from '../../stack/stop-signals.js';
import { photosIn } from '../quality-run.js';
import { say } from '../say.js';
import { textTable } from '../text-table.js';
import { type BenchStack, openBenchStack, SLOTS, VARIANTS } from './bench-stack.js';
import type { PlainAnswer, PlainOrder } from './plain-pictures.js';
import { cpuSecondsOf, type LoopDelay, loopDelayOf, memoryOf, resetPeak } from './process-figures.js';
import { listenInSilence } from './silent-stages.js';

export interface PictureBenchOptions {
  pairs: number;
  jobs: number;
  flat?: number;
  photos?: string;
}

/** A telephone's photo. */
const PHOTO_SIZE = { width: 4000, height: 3000 };

interface Block {
  perSecond: number;
  /** Of the process, a picture: what no neighbour on the machine changes. */
  cpuSeconds: number;
  peakMb: number;
  loop: LoopDelay;
}

interface Side {
  pid: number;
  /** Milliseconds for the pictures of so many jobs. */
  make(jobs: number): Promise<number>;
  /** Once their cost is read. */
  settle?(): Promise<void>;
}

export async function runPictureBench(options: PictureBenchOptions): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'picture-bench-'));
  // As root, PostgreSQL runs as another user, who must be able to walk in.
  await chmod(folder, 0o755);
  const photos = await photosFor(options.photos);
  const data = path.join(folder, 'data');
  const cleanUp = async (): Promise<void> => {
    const moved = movedFolderIfAny(data);
    for (const made of [folder, ...(moved ? [moved] : [])]) await rm(made, { recursive: true, force: true });
  };
  const stages = await listenInSilence();
  const stack = openBenchStack(data, stages);
  onStopSignal(
    (signal) =>
      void stack
        .stop()
        .then(cleanUp)
        .finally(() => process.exit(exitCodeAfter(signal) || 1)),
    () => stack.hurry(),
  );
  try {
    const running = await stack.opened;
    if (options.flat) await measureFlatness(running, photos, options.flat);
    else await measurePairs(running, photos, options, folder);
  } finally {
    await stack.stop();
    stages.close();
    await cleanUp();
  }
}

async function photosFor(folder: string | undefined): Promise<Buffer[]> {
  const sources = folder
    ? (await photosIn(folder)).map(({ bytes }) => bytes)
    : await Promise.all(SAMPLE_DISHES.map((_, index) => drawSampleDish(index)));
  return Promise.all(
    sources.map((photo) =>
      sharp(photo)
        .autoOrient()
        .resize({ ...PHOTO_SIZE, fit: 'cover' })
        .jpeg({ quality: 90 })
        .toBuffer(),
    ),
  );
}

async function measurePairs(
  stack: BenchStack,
  photos: Buffer[],
  { pairs, jobs }: PictureBenchOptions,
  folder: string,
): Promise<void> {
  const probes = path.join(folder, 'data');
  const worker: Side = {
    pid: stack.workerPid,
    make: (count) => stack.makePictures(photos, count),
    settle: () => stack.endJobs(),
  };
  const script = await startPlainScript(photos, folder);
  const block = (side: Side, count: number) => measureBlock(side, count, probes);
  const rows: [Block, Block][] = [];
  try {
    // Once for nothing, in every slot: code is compiled, libraries are loaded.
    await block(worker, SLOTS);
    await block(script, SLOTS);
    for (let pair = 1; pair <= pairs; pair++) {
      // In turns, so that neither always comes second.
      const first = pair % 2 === 0 ? script : worker;
      const blocks = [await block(first, jobs), await block(first === worker ? script : worker, jobs)] as const;
      const row: [Block, Block] = first === worker ? [blocks[0], blocks[1]] : [blocks[1], blocks[0]];
      rows.push(row);
      say(`pair ${pair} of ${pairs}: ${ratio(row, 'perSecond').toFixed(3)} of the script's rate`);
    }
  } finally {
    script.end();
  }
  report(rows, jobs);
}

async function startPlainScript(photos: Buffer[], folder: string): Promise<Side & { end(): void }> {
  const output = path.join(folder, 'plain');
  await mkdir(output);
  const files = photos.map((_, index) => path.join(folder, `photo-${index}.jpg`));
  await Promise.all(files.map((file, index) => writeFile(file, photos[index] as Buffer)));
  const child = fork(fileURLToPath(import.meta.resolve('./plain-pictures.js')), [], {
    env: {
      ...process.env,
      UV_THREADPOOL_SIZE: String(2 * SLOTS + 4),
      MALLOC_ARENA_MAX: '2',
      LOOP_PROBE_DIR: path.join(folder, 'data'),
    },
    execArgv: [`--import=${import.meta.resolve('./loop-probe.js')}`],
  });
  return {
    pid: child.pid as number,
    async make(jobs) {
      const order: PlainOrder = {
        photos: files,
        jobs,
        variants: VARIANTS,
        lanes: SLOTS,
        folder: output,
      };
      child.send(order);
      const [answer] = (await once(child, 'message')) as [PlainAnswer];
      return answer.milliseconds;
    },
    end: () => child.disconnect(),
  };
}

async function measureBlock(side: Side, jobs: number, probes: string): Promise<Block> {
  await resetPeak(side.pid);
  await loopDelayOf(side.pid, probes);
  const cpuBefore = await cpuSecondsOf(side.pid);
  const milliseconds = await side.make(jobs);
  const block = {
    perSecond: (jobs * VARIANTS * 1000) / milliseconds,
    cpuSeconds: ((await cpuSecondsOf(side.pid)) - cpuBefore) / (jobs * VARIANTS),
    peakMb: await memoryOf(side.pid, 'VmHWM'),
    loop: await loopDelayOf(side.pid, probes),
  };
  await side.settle?.();
  return block;
}

const ratio = ([worker, script]: [Block, Block], what: 'perSecond' | 'peakMb'): number => worker[what] / script[what];

const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

function report(rows: [Block, Block][], jobs: number): void {
  const cells = rows.map((row, index) => [
    String(index + 1),
    ...row.flatMap(({ perSecond, cpuSeconds, peakMb, loop }) => [
      perSecond.toFixed(3),
      cpuSeconds.toFixed(2),
      peakMb.toFixed(0),
      loop.p99.toFixed(1),
    ]),
    ratio(row, 'perSecond').toFixed(3),
    ratio(row, 'peakMb').toFixed(3),
  ]);
  console.log(
    textTable(
      ['pair', 'worker/s', 'CPU s', 'MB', 'p99 ms', 'script/s', 'CPU s', 'MB', 'p99 ms', 'rate ratio', 'memory ratio'],
      cells,
    ),
  );
  const p99 = rows.map(([worker]) => worker.loop.p99);
  console.log(
    `\n${rows.length} pairs of ${jobs * VARIANTS} pictures from 12 MP photos, ${SLOTS} at a time; medians:` +
      `\n  pictures per second, worker to script: ${median(rows.map((row) => ratio(row, 'perSecond'))).toFixed(3)} (wanted: 0.95 or more)` +
      `\n  peak memory, worker to script: ${median(rows.map((row) => ratio(row, 'peakMb'))).toFixed(3)} (wanted: 1.25 or less)` +
      `\n  worker's event loop late, p99: ${median(p99).toFixed(1)} ms (wanted: 20 ms or less)`,
  );
}

/** Memory of the worker over many pictures: what grows with their number is a leak. */
async function measureFlatness(stack: BenchStack, photos: Buffer[], pictures: number): Promise<void> {
  const samples: { made: number; mb: number }[] = [];
  const jobsAtOnce = 10;
  for (let made = 0; made < pictures; made += jobsAtOnce * VARIANTS) {
    await stack.makePictures(photos, jobsAtOnce, async (inBlock) => {
      samples.push({ made: made + inBlock, mb: await memoryOf(stack.workerPid, 'VmRSS') });
    });
    await stack.endJobs();
    say(`${made + jobsAtOnce * VARIANTS} pictures: ${samples.at(-1)?.mb.toFixed(0)} MB`);
  }
  const total = samples.at(-1)?.made ?? 0;
  const settled = samples.filter(({ made }) => made > total / 2);
  const slope = slopeOf(settled);
  const mean = settled.reduce((sum, { mb }) => sum + mb, 0) / settled.length;
  console.log(
    `${total} pictures; over the second half: mean ${mean.toFixed(0)} MB, ` +
      `${(slope * 100).toFixed(1)} MB more per 100 pictures (${((slope * 10_000) / mean).toFixed(1)} %), ` +
      `peak ${(await memoryOf(stack.workerPid, 'VmHWM')).toFixed(0)} MB`,
  );
}

/** Least squares, in MB per picture. */
function slopeOf(samples: { made: number; mb: number }[]): number {
  const meanMade = samples.reduce((sum, { made }) => sum + made, 0) / samples.length;
  const meanMb = samples.reduce((sum, { mb }) => sum + mb, 0) / samples.length;
  const covered = samples.reduce((sum, { made }) => sum + (made - meanMade) ** 2, 0);
  return samples.reduce((sum, { made, mb }) => sum + (made - meanMade) * (mb - meanMb), 0) / Math.max(1, covered);
}
