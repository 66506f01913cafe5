import type { Command } from 'commander';
import { createTestJob } from '../admin/test-job.js';
import { loadConfig } from '../config/config.js';
import { type BriefOptions, briefOf, withBriefOptions } from './brief-options.js';
import { createWithBrief } from './jobs-create-brief.js';
import { UserError } from '../stack/user-error.js';
import { followJob } from './follow-job.js';
import { hasFailed, isSettledJob } from './job-view.js';
import { t } from './messages/index.js';
import { plainProgress } from './progress-display.js';
import { repeat } from './repeat.js';
import { say } from './say.js';
import { withSystem } from './system.js';
import { testPicture } from './test-pictures.js';
import { amount, answer, tenantId, tool, type ToolOptions, wholeNumber } from './tool.js';

interface CreateOptions extends ToolOptions, BriefOptions {
  once?: boolean;
  waitForCompletion?: boolean;
  createInterval: number;
  variantsCount: number;
  tenantId: string;
  imagePaths?: string[];
  tone?: string;
}

/** The guide's words for a dish, when nobody brings any. */
const DESCRIPTION = '정성껏 만든 오늘의 한 그릇';

async function create(options: CreateOptions, command: Command): Promise<void> {
  const wanted = briefOf(options);
  if (wanted) {
    if (command.getOptionValueSource('createInterval') === 'cli') throw new UserError(t.words.tooMuch);
    return createWithBrief({ ...options, ...wanted });
  }
  const picture = await testPicture(options.imagePaths);
  const statistics = await withSystem(loadConfig(), ({ system, pool, url }) =>
    repeat({
      once: options.once ?? false,
      intervalSeconds: options.createInterval,
      async round(signal, created) {
        const job = await createTestJob(pool, {
          ...system,
          tenantId: options.tenantId,
          pictures: [picture],
          kind: 'ye_pipeline_test',
          variantsCount: options.variantsCount,
          step: 'user_img_input',
          texts: { descKor: DESCRIPTION },
        });
        created();
        answer(options, { event: 'created', tenantId: options.tenantId, ...job }, () =>
          t.create.created({ ...job, tenantId: options.tenantId }),
        );
        if (!options.waitForCompletion) return 'left alone';
        say(t.create.waiting);
        const display = plainProgress(say);
        const view = await followJob({
          pool,
          url,
          jobId: job.jobId,
          signal,
          isOver: isSettledJob,
          onChange: (now) => display.show(now),
          onStall: () => say(t.watch.stalled),
        });
        const state = `${view.step}/${view.status}`;
        answer(
          options,
          { event: 'completed', jobId: job.jobId, state, reason: view.reason },
          t.create.completed(job.jobId, state),
        );
        return hasFailed(view) ? 'failed' : 'completed';
      },
    }),
  );
  if (!options.once) answer(options, { event: 'statistics', ...statistics }, t.create.statistics(statistics));
  if (statistics.failed > 0) process.exitCode = 1;
}

export const createCommand = (): Command =>
  withBriefOptions(testJobCommand(), t.words.options.sentence)
    .option('--tone <tone>', t.words.options.tone)
    .action(create);

const testJobCommand = (): Command =>
  tool('create', t.commands.create, [
    'jobs create --once',
    'jobs create --tenant-id my_tenant --variants-count 5 --create-interval 30',
    'jobs create --once --image-paths dish.png --wait-for-completion',
    'jobs create --tenant-id kim --image-paths dish.jpg --sentence "순대국밥 8,900원, 포장 됩니다"',
    'jobs create --tenant-id kim --image-paths dish.jpg --dish 순대국밥 --price 8,900원 --period "12월 31일까지"',
  ])
    .option('--once', t.options.once)
    .option('--wait-for-completion', t.options.waitForVariants)
    .option('--create-interval <seconds>', t.options.createInterval, amount, 60)
    .option('--variants-count <number>', t.options.variantsCount, wholeNumber(1, 100), 3)
    .option('--tenant-id <id>', t.options.tenantId, tenantId, 'ye_pipeline_test_tenant')
    .option('--image-paths <paths...>', t.options.imagePaths);
