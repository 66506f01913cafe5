import { Command } from 'commander';
import { pauseIntake, resumeIntake } from '../../admin/intake.js';
import { redeliver } from '../../admin/redeliver.js';
import { asOrder, outboxId } from './arguments.js';
import { give, type OrderOptions } from './system.js';

type IntakeOptions = OrderOptions & { tenantId?: string };

export const intakeCommand = (): Command =>
  new Command('intake')
    .description('hold new work and let it go again; what was begun goes on')
    .addCommand(
      asOrder(new Command('pause'))
        .description('hold new work')
        .option('--tenant-id <id>', "one tenant's only; without it everybody's")
        .action((options: IntakeOptions) =>
          give(options, ({ pool }, order) => pauseIntake(pool, options.tenantId ?? null, order)),
        ),
    )
    .addCommand(
      asOrder(new Command('resume'))
        .description('let go what was held')
        .option('--tenant-id <id>', "one tenant's only; without it the pause for everybody ends")
        .action((options: IntakeOptions) =>
          give(options, ({ pool }, order) => resumeIntake(pool, options.tenantId ?? null, order)),
        ),
    )
    .addCommand(
      asOrder(new Command('redeliver'))
        .description('give a dead letter another round of attempts')
        .argument('<outbox-id>', 'its number, as the dashboard and /api/admin/intake show it', outboxId)
        .action((letter: string, options: OrderOptions) =>
          give(options, ({ pool }, order) => redeliver(pool, { outboxId: letter }, order)),
        ),
    );
