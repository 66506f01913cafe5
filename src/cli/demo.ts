import { Command, InvalidArgumentError } from 'commander';
import { createJob } from '../admin/create-job.js';
import type { Brief } from '../brief/brief.js';
import { createAssetStore } from '../assets/asset-store.js';
import { type Config, loadConfig } from '../config/config.js';
import { createPool, type Pool } from '../db/pool.js';
import { drawSampleDish, SAMPLE_DISHES } from '../generation/sample-dishes.js';
import { limitPictures } from '../imaging/picture.js';
import { createLogger } from '../log.js';
import { exitCodeAfter, onStopSignal } from '../stack/stop-signals.js';
import { createReport, type ReportInput, reopenCommand, reportText } from './demo-report.js';
import { readPhotos } from './demo-photos.js';
import { type DemoStack, openStack } from './demo-stack.js';
import { followJob } from './follow-job.js';
import { isFinished, readFeed } from './job-view.js';
import { t } from './messages/index.js';
import { plainProgress, type ProgressDisplay, terminalProgress } from './progress-display.js';
import { say } from './say.js';

const MOST_VARIANTS = 100;

interface DemoOptions {
  imagePaths?: string[];
  variantsCount: number;
  tenantId: string;
  descKor?: string;
  json?: boolean;
  keepRunning?: boolean;
}

interface Order {
  photos: Buffer[];
  descKor?: string | undefined;
  brief?: Brief | undefined;
}

/** The user's photos as they are, or a sample dish, another one each time. */
const orderOf = async (
  pool: Pool,
  photos: Buffer[] | undefined,
  { tenantId, descKor }: DemoOptions,
): Promise<Order> => {
  if (photos) return { photos, descKor };
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from jobs where tenant_id = $1', [
    tenantId,
  ]);
  const index = (rows[0]?.count ?? 0) % SAMPLE_DISHES.length;
  const dish = SAMPLE_DISHES[index];
  say(`no --image-paths: using a drawn sample dish, ${dish?.name} (${dish?.koreanName})`);
  const sample = [await drawSampleDish(index)];
  return descKor === undefined ? { photos: sample, brief: dish?.brief } : { photos: sample, descKor };
};

const displayFor = ({ json, variantsCount }: DemoOptions): ProgressDisplay => {
  if (json) return plainProgress(say);
  return process.stdout.isTTY ? terminalProgress(variantsCount) : plainProgress((line) => console.log(line));
};

/** Creates one job on the stack and watches it to its end. */
async function runJob(
  config: Config,
  stack: DemoStack,
  photos: Buffer[] | undefined,
  options: DemoOptions,
  signal: AbortSignal,
): Promise<ReportInput> {
  const { ready, databaseUrl: url } = stack;
  const { partName } = config;
  // Not marked as a writer of ours: the demo's rows come in as anybody's rows do.
  const pool = createPool({ url, name: 'demo', size: 2, log: createLogger('demo', 'silent') });
  try {
    const order = await orderOf(pool, photos, options);
    const { jobId } = await createJob(pool, {
      assetsDir: ready.assetsDir,
      partName,
      tenantId: options.tenantId,
      photos: order.photos,
      variantsCount: options.variantsCount,
      ...(order.descKor !== undefined && { descKor: order.descKor }),
      ...(order.brief && { brief: order.brief }),
      // A demo is from photo to advertisement, whoever makes the pictures on this installation otherwise.
      imageGeneration: 'internal',
    });
    say(`job ${jobId}, variants: ${options.variantsCount}`);
    const started = Date.now();
    const display = displayFor(options);
    try {
      const job = await followJob({
        pool,
        url,
        jobId,
        signal,
        onChange: (view) => display.show(view),
        onStall: () => display.remark(`nothing has changed for a minute; ${ready.healthUrl} says what is missing`),
        stillWorking: () => stack.assertRunning(),
      });
      const seconds = Math.round((Date.now() - started) / 100) / 10;
      const assets = createAssetStore({ root: ready.assetsDir, partName });
      return { jobId, job, feed: await readFeed(pool, jobId), seconds, ready, pathOf: assets.pathOf };
    } finally {
      await display.close();
    }
  } finally {
    await pool.end();
  }
}

const print = (input: ReportInput, json: boolean | undefined): void => {
  const report = createReport(input);
  console.log(json ? JSON.stringify(report) : reportText(report, input));
  if (isFinished(input.job)) return;
  say(`The job failed at ${report.state}: ${input.job.reason ?? 'no reason was recorded'}`);
  process.exitCode = 1;
};

async function demo(options: DemoOptions): Promise<void> {
  const config = loadConfig();
  limitPictures(config.pictures.maxMegapixels);
  const photos = options.imagePaths && (await readPhotos(options.imagePaths));

  const leaving = new AbortController();
  const opening = openStack(config);
  const asked = new Promise<void>(() => {
    onStopSignal(
      async (signal) => {
        leaving.abort();
        say('stopping (again to stop at once)');
        await opening.stop();
        process.exit(exitCodeAfter(signal));
      },
      () => opening.hurry(),
    );
  });

  try {
    const stack = await opening.opened;
    print(await runJob(config, stack, photos, options, leaving.signal), options.json);
    const { temporalUiUrl } = stack.ready;
    if (stack.isOurs && options.keepRunning) {
      say(`The stack keeps running (${temporalUiUrl ?? stack.ready.serverUrl}); Ctrl-C stops it.`);
      await asked;
    }
    await opening.stop();
    if (stack.isOurs && temporalUiUrl) {
      say(`The stack is stopped. To open the timelines again: ${reopenCommand(config.dataDir)}, then the links above.`);
    }
  } catch (error) {
    // Told to stop: what broke off is no trouble, and the signal's own way out ends the process.
    if (leaving.signal.aborted) await asked;
    await opening.stop();
    throw error;
  }
}

const variantsCount = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_VARIANTS) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_VARIANTS}.`);
};

/** It becomes part of a path. */
const tenantId = (text: string): string => {
  if (/^[\w-][\w.-]{0,254}$/.test(text)) return text;
  throw new InvalidArgumentError('It may hold letters, digits, "_", "-" and ".", at most 255.');
};

const descKor = (text: string): string => {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('It must not be empty.');
};

export const demoCommand = (): Command =>
  new Command('demo')
    .description(t.commands.demo)
    .option('--image-paths <paths...>', 'photos to use (JPEG, PNG, WebP); without it a drawn sample dish')
    .option('--variants-count <number>', 'how many advertisements', variantsCount, 3)
    .option('--tenant-id <id>', 'whose job it is', tenantId, 'demo_tenant')
    .option('--desc-kor <text>', 'what the shop says about the dish, in Korean', descKor)
    .option('--json', 'nothing but one line of JSON on stdout')
    .option('--keep-running', 'leave the stack running afterwards, until Ctrl-C')
    .action(demo);
