import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { readabilityEvalAnswer, readabilityEvalBody, type ReadabilityEvalBody } from './readability-eval.schema.js';
import { createReadabilityEval } from './readability-eval.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/readability/evaluate')
export class ReadabilityEvalController {
  private readonly stage: VariantStageDefinition<ReadabilityEvalBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createReadabilityEval(context);
  }

  @StageEndpoint('readability_eval: measure the contrast of the drawn text', readabilityEvalAnswer)
  handle(
    @Body({ schema: readabilityEvalBody, pipes: [new BodyPipe()] }) body: ReadabilityEvalBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
