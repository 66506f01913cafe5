import { Body, Controller, Inject, Param, Put, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { editBrief } from '../briefs/edit-brief.js';
import { editPost } from '../briefs/edit-post.js';
import type { Order } from '../orders.js';
import { AdminContext } from './admin-context.js';
import { briefAnswer, jobAnswer, postAnswer } from './answer-schemas.js';
import { answered } from './answers.js';
import { OrderOf } from './order-of.js';
import { OrderRoute } from './order-route.js';
import { replacePhoto } from '../replace-photo.js';
import { BadOrder } from '../trouble.js';
import { briefEdit, idIn, photoEdit, postEdit } from './schemas.js';
import { type Upload, uploadLimits } from './uploads.js';

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

  @Put('brief')
  @OrderRoute(
    'Have a job say something else; pictures that say something else because of it are made again, the post is written anew',
    briefAnswer,
  )
  brief(
    @Param('jobId', jobIdParameter) jobId: string,
    @Body({ schema: briefEdit }) { brief, sentence }: z.infer<typeof briefEdit>,
    @OrderOf() order: Order,
  ) {
    return answered(editBrief(this.context.pool, { jobId, brief, sentence }, order));
  }

  @Put('photo')
  @UseInterceptors(FileInterceptor('photo', { limits: { ...uploadLimits, files: 1 } }))
  @ApiConsumes('multipart/form-data')
  @OrderRoute('Give a job another photo; all of its pictures are made again, with the words that they have', jobAnswer)
  photo(
    @Param('jobId', jobIdParameter) jobId: string,
    @Body({ schema: photoEdit }) { subjectHint }: z.infer<typeof photoEdit>,
    @UploadedFile() file: Upload | undefined,
    @OrderOf() order: Order,
  ) {
    if (!file) throw new BadOrder('photo: upload a picture as "photo"');
    return answered(replacePhoto(this.context, { jobId, photo: file.buffer, hint: subjectHint }, order));
  }
}
