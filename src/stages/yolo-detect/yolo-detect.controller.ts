import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { yoloDetectAnswer, yoloDetectBody, type YoloDetectBody } from './yolo-detect.schema.js';
import { createYoloDetect } from './yolo-detect.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/yolo/detect')
export class YoloDetectController {
  private readonly stage: VariantStageDefinition<YoloDetectBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createYoloDetect(context);
  }

  @StageEndpoint('yolo_detect: find what the text must not cover', yoloDetectAnswer)
  handle(
    @Body({ schema: yoloDetectBody, pipes: [new BodyPipe()] }) body: YoloDetectBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
