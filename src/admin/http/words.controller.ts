import { Body, Controller, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { editPost } from '../briefs/edit-post.js';
import type { Order } from '../orders.js';
import { AdminContext } from './admin-context.js';
import { postAnswer } from './answer-schemas.js';
import { answered } from './answers.js';
import { OrderOf } from './order-of.js';
import { OrderRoute } from './order-route.js';
import { idIn, postEdit } from './schemas.js';

const jobIdParameter = { schema: idIn('jobId') };

/** What an owner changes about an advertisement that is there already. */
@ApiTags('jobs')
@Controller('api/admin/jobs/:jobId')
export class WordsController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Put('post')
  @OrderRoute('Put another text to post in the place of the one there is; nothing is made again', postAnswer)
  post(
    @Param('jobId', jobIdParameter) jobId: string,
    @Body({ schema: postEdit }) { text, hashtags }: z.infer<typeof postEdit>,
    @OrderOf() order: Order,
  ) {
    return answered(editPost(this.context.pool, { jobId, post: { text, hashtags } }, order));
  }
}
