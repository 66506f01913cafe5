import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { vlmAnalyzeAnswer, vlmAnalyzeBody, type VlmAnalyzeBody } from './vlm-analyze.schema.js';
import { createVlmAnalyze } from './vlm-analyze.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/llava/stage1/validate')
export class VlmAnalyzeController {
  private readonly stage: VariantStageDefinition<VlmAnalyzeBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createVlmAnalyze(context);
  }

  @StageEndpoint('vlm_analyze: judge the picture against the copy', vlmAnalyzeAnswer)
  handle(
    @Body({ schema: vlmAnalyzeBody, pipes: [new BodyPipe()] }) body: VlmAnalyzeBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
