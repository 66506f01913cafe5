import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { iouEvalAnswer, iouEvalBody, type IouEvalBody } from './iou-eval.schema.js';
import { createIouEval } from './iou-eval.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/iou/evaluate')
export class IouEvalController {
  private readonly stage: VariantStageDefinition<IouEvalBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createIouEval(context);
  }

  @StageEndpoint('iou_eval: measure how far the text covers the dish', iouEvalAnswer)
  handle(
    @Body({ schema: iouEvalBody, pipes: [new BodyPipe()] }) body: IouEvalBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
