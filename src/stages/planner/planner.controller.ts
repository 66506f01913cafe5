import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { plannerAnswer, plannerBody, type PlannerBody } from './planner.schema.js';
import { createPlanner } from './planner.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/planner')
export class PlannerController {
  private readonly stage: VariantStageDefinition<PlannerBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createPlanner(context);
  }

  @StageEndpoint('planner: find where a headline can stand', plannerAnswer)
  handle(
    @Body({ schema: plannerBody, pipes: [new BodyPipe()] }) body: PlannerBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
