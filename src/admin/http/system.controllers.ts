import { Body, Controller, Get, Inject, Param, Post, Query, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { pauseIntake, resumeIntake } from '../intake.js';
import type { Order } from '../orders.js';
import { readAudit } from '../read/audit-log.js';
import { listTones } from '../read/list-tones.js';
import { readIntake } from '../read/queues.js';
import { redeliver } from '../redeliver.js';
import { AdminContext } from './admin-context.js';
import { auditPage, intakeAnswer, intakeNow, queuesNow, redeliveryAnswer, toneList } from './answer-schemas.js';
import { answered } from './answers.js';
import { OrderOf } from './order-of.js';
import { OrderRoute, ReadRoute } from './order-route.js';
import { auditQuery, intakeBody, noteOnly, outboxId, tonesQuery } from './schemas.js';

/** Nobody named is everybody, here as for operators: a tenant's key has to say that it means its own. */
const concerned = (reach: Reach, tenantId: string | undefined): string | null => {
  if (tenantId === undefined) reach.mustBeEverybody('without tenantId this');
  return reach.within(tenantId);
};

@ApiTags('system')
@Controller('api/admin/intake')
export class IntakeController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Get()
  @ForTenants()
  @ReadRoute('Events on their way: how many, the oldest, dead letters, what is paused', intakeNow)
  show(@ReachOf() reach: Reach) {
    return readIntake(this.context.pool, reach);
  }

  @Post('pause')
  @ForTenants()
  @OrderRoute('Hold new work, of one tenant or of all; what was begun goes on', intakeAnswer)
  pause(
    @Body({ schema: intakeBody }) { tenantId }: z.infer<typeof intakeBody>,
    @ReachOf() reach: Reach,
    @OrderOf() order: Order,
  ) {
    return answered(pauseIntake(this.context.pool, concerned(reach, tenantId), order));
  }

  @Post('resume')
  @ForTenants()
  @OrderRoute('Let exactly that go which was held', intakeAnswer)
  resume(
    @Body({ schema: intakeBody }) { tenantId }: z.infer<typeof intakeBody>,
    @ReachOf() reach: Reach,
    @OrderOf() order: Order,
  ) {
    return answered(resumeIntake(this.context.pool, concerned(reach, tenantId), order));
  }
}

@ApiTags('system')
@Controller('api/admin/dead-letters')
export class DeadLettersController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Post(':outboxId/redeliver')
  @OrderRoute('Give a dead letter another round of attempts', redeliveryAnswer)
  redeliver(
    @Param('outboxId', { schema: outboxId }) id: string,
    @Body({ schema: noteOnly }) _note: z.infer<typeof noteOnly>,
    @OrderOf() order: Order,
  ) {
    return answered(redeliver(this.context.pool, { outboxId: id }, order));
  }
}

@ApiTags('system')
@Controller('api/admin/queues')
export class QueuesController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Get()
  @ReadRoute('Task queues: who polls them, what waits, what is at work', queuesNow)
  async show() {
    const items = await this.context.queues().catch((error: Error) => {
      throw new ServiceUnavailableException(`Temporal cannot be asked: ${error.message}`);
    });
    return { items };
  }
}

@ApiTags('jobs')
@Controller('api/admin/tones')
export class TonesController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Get()
  @ForTenants()
  @ReadRoute('The tone styles a job can be made in', toneList)
  async list(@Query({ schema: tonesQuery }) { tenantId }: z.infer<typeof tonesQuery>, @ReachOf() reach: Reach) {
    return { items: await listTones(this.context.pool, reach, tenantId) };
  }
}

@ApiTags('system')
@Controller('api/admin/audit')
export class AuditController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Get()
  @ForTenants()
  @ReadRoute('Who did what, the newest first', auditPage)
  list(
    @Query({ schema: auditQuery }) { limit, cursor, ...filter }: z.infer<typeof auditQuery>,
    @ReachOf() reach: Reach,
  ) {
    return readAudit(this.context.pool, reach, filter, { limit, cursor });
  }
}
