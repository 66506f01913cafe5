import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { JobStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import { adCopyGenKorAnswer, adCopyGenKorBody, type AdCopyGenKorBody } from './ad-copy-gen-kor.schema.js';
import { createAdCopyGenKor } from './ad-copy-gen-kor.stage.js';

@ApiTags('job stages')
@Controller('api/yh/gpt/eng-to-kor')
export class AdCopyGenKorController {
  private readonly stage: JobStageDefinition<AdCopyGenKorBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createAdCopyGenKor(context);
  }

  @StageEndpoint('ad_copy_gen_kor: the English copy in Korean', adCopyGenKorAnswer)
  handle(
    @Body({ schema: adCopyGenKorBody, pipes: [new BodyPipe()] }) body: AdCopyGenKorBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runJob(this.stage, body, keyOf(key));
  }
}
