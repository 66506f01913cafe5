import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { answerOf, previewWords } from '../briefs/preview-words.js';
import { offeredDesigns } from '../designs.js';
import { AdminContext } from './admin-context.js';
import { designList, understanding } from './answer-schemas.js';
import { briefField, EITHER, eitherSentenceOrBrief, sentenceField } from './brief-schemas.js';
import { ReadRoute } from './order-route.js';

const understandBody = z
  .strictObject({
    sentence: sentenceField.optional().describe('what the shop says; it is split into roles'),
    brief: briefField.optional().describe('the same in roles, taken as they are given'),
    tenantId: z.string().min(1).max(255).optional().describe('whose brand and last posts are taken into account'),
    variantsCount: z.int().min(1).max(20).optional(),
    toneStyle: z.string().min(1).max(255).optional().describe('a tone style, by id, code or name'),
  })
  .refine(eitherSentenceOrBrief, EITHER);

@ApiTags('jobs')
@Controller('api/admin/briefs')
export class BriefsController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Post('understand')
  @ForTenants()
  @HttpCode(200)
  @ReadRoute('How a sentence or roles are understood and what is made of them; nothing is written', understanding)
  async understand(@Body({ schema: understandBody }) body: z.infer<typeof understandBody>, @ReachOf() reach: Reach) {
    const { variantsCount = this.context.creation.variantsPerJob, tenantId, ...wanted } = body;
    return answerOf(
      await previewWords(this.context.pool, {
        ...wanted,
        count: variantsCount,
        tenantId: reach.within(tenantId) ?? undefined,
      }),
    );
  }
}

@ApiTags('jobs')
@Controller('api/admin/designs')
export class DesignsController {
  @Get()
  @ForTenants()
  @ReadRoute('The designs that a picture can be made in', designList)
  list() {
    return { items: offeredDesigns() };
  }
}
