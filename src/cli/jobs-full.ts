import type { Command } from 'commander';
import { createTestJob } from '../admin/test-job.js';
import { loadConfig } from '../config/config.js';
import { isSettledJob } from './job-view.js';
import { exitCodeOf, type Ending, watchJob } from './jobs-watch.js';
import { writeCopy } from './jobs-text.js';
import { t } from './messages/index.js';
import { repeat } from './repeat.js';
import { withSystem } from './system.js';
import { testPicture } from './test-pictures.js';
import { amount, answer, tenantId, tool, type ToolOptions, wholeNumber, words } from './tool.js';

interface FullOptions extends ToolOptions {
  once?: boolean;
  wait?: boolean;
  waitForCompletion?: boolean;
  maxWait: number;
  createInterval: number;
  variantsCount: number;
  tenantId: string;
  imagePath?: string;
  descKor: string;
}

const DESCRIPTION = '묵은지로 푹 끓인 얼큰한 김치찌개 한 뚝배기';

/** Everything the parts before YH leave, pictures included; the commit starts it. */
async function full(options: FullOptions): Promise<void> {
  const picture = await testPicture(options.imagePath ? [options.imagePath] : undefined);
  const { adCopyEng, adCopyKor } = await writeCopy(options.descKor);
  const statistics = await withSystem(loadConfig(), (connected) =>
    repeat({
      once: options.once ?? false,
      intervalSeconds: options.createInterval,
      async round(signal, created) {
        const job = await createTestJob(connected.pool, {
          ...connected.system,
          tenantId: options.tenantId,
          pictures: [picture],
          kind: 'yh_pipeline_test',
          variantsCount: options.variantsCount,
          step: 'img_gen',
          texts: { descKor: options.descKor, descEng: adCopyEng, adCopyEng, adCopyKor },
        });
        created();
        answer(options, { event: 'created', tenantId: options.tenantId, ...job }, () =>
          t.create.created({ ...job, tenantId: options.tenantId }),
        );
        if (!options.wait && !options.waitForCompletion) return 'left alone';
        const ending = await watchJob(connected, job.jobId, {
          patienceMs: options.maxWait * 60_000,
          signal,
          ...(!options.waitForCompletion && { isGoal: isSettledJob }),
        });
        answer(options, { event: 'ended', ...ending }, () => t.watch.ending(ending));
        return isGood(ending, options) ? 'completed' : 'failed';
      },
    }),
  );
  if (!options.once) answer(options, { event: 'statistics', ...statistics }, t.create.statistics(statistics));
  if (statistics.failed > 0) process.exitCode = 1;
}

const isGood = (ending: Ending, { waitForCompletion }: FullOptions): boolean =>
  waitForCompletion ? ending.ending === 'finished' : exitCodeOf(ending) === 0;

export const fullCommand = (): Command =>
  tool('full', t.commands.full, [
    'jobs full --once --wait-for-completion',
    'jobs full --variants 1 --image-path dish.png --desc-kor "오늘의 김치찌개" --once --wait',
  ])
    .option('--once', t.options.once)
    .option('--wait', t.options.wait)
    .option('--wait-for-completion', t.options.waitForFeed)
    .option('--max-wait <minutes>', t.options.maxWait, amount, 30)
    .option('--create-interval <seconds>', t.options.createInterval, amount, 60)
    .option('--variants, --variants-count <number>', t.options.variantsCount, wholeNumber(1, 100), 3)
    .option('--tenant-id <id>', t.options.tenantId, tenantId, 'yh_pipeline_test_tenant')
    .option('--image-path <path>', t.options.imagePath)
    .option('--desc-kor <text>', t.options.descKor, words, DESCRIPTION)
    .action(full);
