import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { overlayAnswer, overlayBody, type OverlayBody } from './overlay.schema.js';
import { createOverlay } from './overlay.stage.js';

@ApiTags('variant stages')
@Controller('api/yh/overlay')
export class OverlayController {
  private readonly stage: VariantStageDefinition<OverlayBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createOverlay(context);
  }

  @StageEndpoint('overlay: draw the text on the picture', overlayAnswer)
  handle(
    @Body({ schema: overlayBody, pipes: [new BodyPipe()] }) body: OverlayBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runVariant(this.stage, body, keyOf(key));
  }
}
