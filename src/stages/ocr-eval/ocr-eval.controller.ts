import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { ocrEvalAnswer, ocrEvalBody, type OcrEvalBody } from './ocr-eval.schema.js';
import { createOcrEval } from './ocr-eval.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/ocr/evaluate')
export class OcrEvalController {
  private readonly stage: VariantStageDefinition<OcrEvalBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createOcrEval(context);
  }

  @StageEndpoint('ocr_eval: read the text in the finished picture', ocrEvalAnswer)
  handle(
    @Body({ schema: ocrEvalBody, pipes: [new BodyPipe()] }) body: OcrEvalBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
