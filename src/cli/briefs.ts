import { Command } from 'commander';
import { previewWords, answerOf } from '../admin/briefs/preview-words.js';
import { t } from './messages/index.js';
import { inTheirWords } from './operations/give.js';
import { withTools } from './system.js';
import { answer, tenantId, tool, type ToolOptions, wholeNumber, words } from './tool.js';
import { wordsLines } from './words-lines.js';

interface UnderstandOptions extends ToolOptions {
  tenantId?: string;
  variantsCount: number;
  tone?: string;
}

const { commands, options } = t.words;

export const briefsCommand = (): Command =>
  new Command('briefs').description(commands.briefs).addCommand(
    tool('understand', commands.understand, ['briefs understand "마파두부덮밥 8,900원, 점심 특선!! 공깃밥 무한리필"'])
      .argument('<sentence>', options.understood, words)
      .option('--tenant-id <id>', options.ofTenant, tenantId)
      .option('--variants-count <number>', t.options.variantsCount, wholeNumber(1, 20), 3)
      .option('--tone <tone>', options.tone)
      .action(async (sentence: string, given: UnderstandOptions) => {
        const understood = await inTheirWords(
          withTools(({ pool }) =>
            previewWords(pool, {
              sentence,
              tenantId: given.tenantId,
              count: given.variantsCount,
              toneStyle: given.tone,
            }),
          ),
        );
        answer(given, answerOf(understood), () => wordsLines(answerOf(understood)).join('\n'));
      }),
  );
