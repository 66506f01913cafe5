import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';

/** What `/healthz` calls this part; the original's form is `app-<part>`. */
export class PartName {
  constructor(readonly value: string) {}
}

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    @Inject(StageContext) private readonly context: StageContext,
    @Inject(PartName) private readonly part: PartName,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Whether the service and its database answer' })
  async healthz(): Promise<{ ok: true; service: string }> {
    await this.context.pool.query('select 1');
    return { ok: true, service: `app-${this.part.value}` };
  }
}
