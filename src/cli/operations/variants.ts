import { Command, Option } from 'commander';
import { VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import { cancelVariant } from '../../admin/cancel-variant.js';
import { retryVariant } from '../../admin/retry-variant.js';
import type { Idea } from '../../brief/idea.js';
import { PICTURE_FORMATS } from '../../generation/picture-size.js';
import type { PictureFormat, SubjectHint } from '../../generation/provider.js';
import { ideaIn } from '../brief-options.js';
import { t } from '../messages/index.js';
import { uuid } from '../tool.js';
import { warningLines } from '../words-lines.js';
import { order, place } from './arguments.js';
import { give, type OrderOptions } from './give.js';

interface RetryOptions {
  from?: VariantStage;
  text?: string;
  tone?: string;
  hint?: SubjectHint;
  idea?: Idea;
  format?: PictureFormat;
}

const { commands, options } = t.orders;

export const variantsCommand = (): Command =>
  new Command('variants')
    .description(commands.variants)
    .addCommand(
      order('retry', commands.retryVariant, [
        'variants retry 6f1c…',
        'variants retry 6f1c… --from overlay --text "비 오는 날엔 파전"',
        'variants retry 6f1c… --hint 0.5,0.6',
      ])
        .argument('<variant-id>', t.options.variantId, uuid)
        .addOption(new Option('--from <stage>', options.from).choices(VARIANT_STAGES))
        .option('--text <text>', options.headline)
        .option('--hint <place>', options.hint, place)
        .option('--tone <tone>', options.tone)
        .option('--idea <json>', t.words.options.idea, ideaIn)
        .addOption(new Option('--format <format>', t.words.options.format).choices(PICTURE_FORMATS))
        .action((variantId: string, given: OrderOptions & RetryOptions) => {
          const { from, text, tone, hint, idea, format } = given;
          return give(
            given,
            ({ pool }, order) =>
              retryVariant(pool, { variantId, from, edit: { text, tone, hint, idea, format } }, order),
            ({ warnings }) => warningLines(warnings),
          );
        }),
    )
    .addCommand(
      order('cancel', commands.cancelVariant, ['variants cancel 6f1c…'])
        .argument('<variant-id>', t.options.variantId, uuid)
        .action((variantId: string, given: OrderOptions) =>
          give(given, (tools, order) => cancelVariant(tools, { variantId }, order)),
        ),
    );
