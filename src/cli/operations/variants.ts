import { Command, Option } from 'commander';
import { VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import { cancelVariant } from '../../admin/cancel-variant.js';
import { retryVariant } from '../../admin/retry-variant.js';
import type { SubjectHint } from '../../generation/provider.js';
import { uuid } from '../tool.js';
import { asOrder, place } from './arguments.js';
import { give, type OrderOptions } from './system.js';

interface RetryOptions {
  from?: VariantStage;
  text?: string;
  tone?: string;
  hint?: SubjectHint;
}

export const variantsCommand = (): Command =>
  new Command('variants')
    .description('orders about one variant')
    .addCommand(
      asOrder(new Command('retry'))
        .description('send a variant back to work: from the stage it failed at, or from an earlier one')
        .argument('<variant-id>', 'job_variants_id', uuid)
        .addOption(new Option('--from <stage>', 'the stage to begin from').choices(VARIANT_STAGES))
        .option('--text <text>', 'another headline, from this retry on')
        .option('--hint <place>', 'where the dish is on the photo: x,y or x,y,width,height as shares of it', place)
        .option('--tone <tone>', 'another tone style, by id, code or name; makes another picture')
        .addHelpText('after', '\nExample: feedlyai variants retry 6f1c… --text "비 오는 날엔 파전"')
        .action((variantId: string, options: OrderOptions & RetryOptions) => {
          const { from, text, tone, hint } = options;
          return give(options, ({ pool }, order) =>
            retryVariant(pool, { variantId, from, edit: { text, tone, hint } }, order),
          );
        }),
    )
    .addCommand(
      asOrder(new Command('cancel'))
        .description('end the work on a variant; what it has already written stays')
        .argument('<variant-id>', 'job_variants_id', uuid)
        .action((variantId: string, options: OrderOptions) =>
          give(options, (tools, order) => cancelVariant(tools, { variantId }, order)),
        ),
    );
