import { createOnce } from '../admin/create-once.js';
import type { Brief } from '../brief/brief.js';
import { loadConfig } from '../config/config.js';
import { exitCodeOf, watchJob } from './jobs-watch.js';
import { t } from './messages/index.js';
import { inTheirWords, operator } from './operations/give.js';
import { say } from './say.js';
import { withSystem } from './system.js';
import { testPicture } from './test-pictures.js';
import { answer, type ToolOptions } from './tool.js';
import { wordsLines } from './words-lines.js';

const MOST_MS = 30 * 60_000;

export interface BriefedJob extends ToolOptions {
  sentence?: string;
  brief?: Brief;
  tenantId: string;
  variantsCount: number;
  imagePaths?: string[];
  tone?: string;
  waitForCompletion?: boolean;
}

/** A job as a shop orders it: its pictures are made here, and it starts at once. */
export async function createWithBrief(wanted: BriefedJob): Promise<void> {
  const { tenantId, variantsCount, tone, sentence, brief } = wanted;
  const photo = await testPicture(wanted.imagePaths);
  await withSystem(loadConfig(), async (connected) => {
    const job = await inTheirWords(
      createOnce(
        connected.pool,
        { actor: operator() },
        {
          ...connected.system,
          tenantId,
          variantsCount,
          photos: [photo],
          imageGeneration: 'internal',
          ...(sentence !== undefined && { descKor: sentence }),
          ...(brief && { brief }),
          ...(tone !== undefined && { toneStyle: tone }),
        },
      ),
    );
    answer(wanted, { event: 'created', tenantId, ...job }, () =>
      [t.words.createdFull(job.jobId), ...wordsLines(job)].join('\n'),
    );
    if (!wanted.waitForCompletion) return;
    say(t.create.waiting);
    const ending = await watchJob(connected, job.jobId, { patienceMs: MOST_MS });
    answer(wanted, { event: 'ended', ...ending }, () => t.watch.ending(ending));
    process.exitCode = exitCodeOf(ending);
  });
}
