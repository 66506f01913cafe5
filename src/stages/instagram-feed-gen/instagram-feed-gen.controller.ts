import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StageContext } from '../common/stage-context.js';
import type { JobStageDefinition } from '../common/stage-runner.js';
import { BodyPipe } from '../http/body-pipe.js';
import { IdempotencyKey, keyOf, StageEndpoint } from '../http/stage-endpoint.js';
import {
  instagramFeedGenAnswer,
  instagramFeedGenBody,
  type InstagramFeedGenBody,
} from './instagram-feed-gen.schema.js';
import { createInstagramFeedGen } from './instagram-feed-gen.stage.js';

@ApiTags('job stages')
@Controller('api/yh/instagram/feed')
export class InstagramFeedGenController {
  private readonly stage: JobStageDefinition<InstagramFeedGenBody>;

  constructor(@Inject(StageContext) private readonly context: StageContext) {
    this.stage = createInstagramFeedGen(context);
  }

  @StageEndpoint('instagram_feed_gen: write the feed text and its hashtags', instagramFeedGenAnswer)
  handle(
    @Body({ schema: instagramFeedGenBody, pipes: [new BodyPipe()] }) body: InstagramFeedGenBody,
    @IdempotencyKey() key: string | undefined,
  ): Promise<object> {
    return this.context.runner.runJob(this.stage, body, keyOf(key));
  }
}
