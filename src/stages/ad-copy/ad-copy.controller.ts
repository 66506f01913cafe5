import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { loadJobBrief } from '../common/job-brief.js';
import { badRequest } from '../common/refusal.js';
import { StageContext } from '../common/stage-context.js';
import { loadJobUnit } from '../common/units.js';
import { BodyPipe } from '../http/body-pipe.js';
import { ReadingEndpoint } from '../http/stage-endpoint.js';
import { adCopyAnswer, adCopyBody, type AdCopyBody } from './ad-copy.schema.js';

@ApiTags('without effect on rows')
@Controller('api/yh/gpt/ad-copy')
export class AdCopyController {
  constructor(@Inject(StageContext) private readonly context: StageContext) {}

  @ReadingEndpoint(
    'Copy for a dish, in English and Korean',
    'The original echoes its request. Here the language engine writes the copy from the job, its shop and its tone; nothing is recorded.',
    adCopyAnswer,
  )
  async handle(
    @Body({ schema: adCopyBody, pipes: [new BodyPipe()] }) body: AdCopyBody,
  ): Promise<z.infer<typeof adCopyAnswer>> {
    const { pool, engines } = this.context;
    const unit = await loadJobUnit(pool, body);
    const brief = await loadJobBrief(pool, unit.jobId);
    const descKor = body.desc_kor?.trim() || brief.descKor;
    if (descKor === '') throw badRequest('desc_kor is empty, here and in the job; there is nothing to advertise');
    const { adCopyEng, adCopyKor } = await engines.language.adCopy({
      descKor,
      storeName: brief.storeTitle,
      toneStyle: brief.toneStyle,
      month: brief.month,
    });
    return {
      job_id: unit.jobId,
      tenant_id: unit.tenantId,
      ad_copy_eng: adCopyEng,
      ad_copy_kor: adCopyKor,
      provider: engines.language.provider,
      model: engines.language.model,
    };
  }
}
