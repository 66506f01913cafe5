import type { Command } from 'commander';
import { createTestJob } from '../admin/test-job.js';
import { loadConfig } from '../config/config.js';
import { readPhotos } from './demo-photos.js';
import { exitCodeOf, watchJob } from './jobs-watch.js';
import { writeCopy } from './jobs-text.js';
import { t } from './messages/index.js';
import { withSystem } from './system.js';
import { answer, tenantId, tool, type ToolOptions, words } from './tool.js';

interface OverlayOptions extends ToolOptions {
  text: string;
  tenantId: string;
  wait?: boolean;
}

const MOST_MS = 30 * 60_000;

/** One variant per picture, with this text drawn on each. */
async function overlay(images: string[], options: OverlayOptions): Promise<void> {
  const pictures = await readPhotos(images);
  const { adCopyEng } = await writeCopy(options.text);
  await withSystem(loadConfig(), async (connected) => {
    const job = await createTestJob(connected.pool, {
      ...connected.system,
      tenantId: options.tenantId,
      pictures,
      kind: 'generated',
      variantsCount: pictures.length,
      step: 'img_gen',
      texts: { descKor: options.text, adCopyKor: options.text, adCopyEng },
    });
    answer(options, { event: 'created', tenantId: options.tenantId, ...job }, () =>
      t.create.created({ ...job, tenantId: options.tenantId }),
    );
    if (!options.wait) return;
    const ending = await watchJob(connected, job.jobId, { patienceMs: MOST_MS });
    answer(options, { event: 'ended', ...ending }, () => t.watch.ending(ending));
    process.exitCode = exitCodeOf(ending);
  });
}

export const overlayCommand = (): Command =>
  tool('overlay', t.commands.overlay, ['jobs overlay one.png two.png --text "오늘의 김치찌개" --wait'])
    .argument('<images...>', t.options.images)
    .requiredOption('--text <text>', t.options.text, words)
    .option('--tenant-id <id>', t.options.tenantId, tenantId, 'overlay_test_tenant')
    .option('--wait', t.options.waitForFeed)
    .action(overlay);
