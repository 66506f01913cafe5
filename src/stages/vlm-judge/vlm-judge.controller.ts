import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { vlmJudgeAnswer, vlmJudgeBody, type VlmJudgeBody } from './vlm-judge.schema.js';
import { createVlmJudge } from './vlm-judge.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/llava/stage2/judge')
export class VlmJudgeController {
  private readonly stage: VariantStageDefinition<VlmJudgeBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createVlmJudge(context);
  }

  @StageEndpoint('vlm_judge: judge the finished advertisement', vlmJudgeAnswer)
  handle(
    @Body({ schema: vlmJudgeBody, pipes: [new BodyPipe()] }) body: VlmJudgeBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
