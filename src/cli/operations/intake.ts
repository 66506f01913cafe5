import { Command } from 'commander';
import { pauseIntake, resumeIntake } from '../../admin/intake.js';
import { redeliver } from '../../admin/redeliver.js';
import { t } from '../messages/index.js';
import { tenantId } from '../tool.js';
import { order, outboxId } from './arguments.js';
import { give, type OrderOptions } from './give.js';

type IntakeOptions = OrderOptions & { tenantId?: string };

const { commands, options } = t.orders;

export const intakeCommand = (): Command =>
  new Command('intake')
    .description(commands.intake)
    .addCommand(
      order('pause', commands.pause, ['intake pause', 'intake pause --tenant-id my_tenant --note "moving house"'])
        .option('--tenant-id <id>', options.pauseTenant, tenantId)
        .action((given: IntakeOptions) =>
          give(given, ({ pool }, order) => pauseIntake(pool, given.tenantId ?? null, order)),
        ),
    )
    .addCommand(
      order('resume', commands.resume, ['intake resume', 'intake resume --tenant-id my_tenant'])
        .option('--tenant-id <id>', options.resumeTenant, tenantId)
        .action((given: IntakeOptions) =>
          give(given, ({ pool }, order) => resumeIntake(pool, given.tenantId ?? null, order)),
        ),
    )
    .addCommand(
      order('redeliver', commands.redeliver, ['intake redeliver 4711'])
        .argument('<outbox-id>', options.outboxId, outboxId)
        .action((letter: string, given: OrderOptions) =>
          give(given, ({ pool }, order) => redeliver(pool, { outboxId: letter }, order)),
        ),
    );
