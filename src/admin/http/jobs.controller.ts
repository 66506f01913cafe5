import { Body, Controller, Delete, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Requires } from '../../auth/access.js';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { cancelJob } from '../cancel-job.js';
import { countJob, deleteJob } from '../delete-job.js';
import type { Order } from '../orders.js';
import { archiveJob } from '../read/archive.js';
import { listJobs } from '../read/list-jobs.js';
import { readJobDetail } from '../read/read-job.js';
import { rerunJob } from '../rerun-job.js';
import { retryJob } from '../retry-job.js';
import { retryMany } from '../retry-many.js';
import { AdminContext } from './admin-context.js';
import { deletionAnswer, jobAnswer, jobDetail, jobPage, manyAnswer } from './answer-schemas.js';
import { answered } from './answers.js';
import { OrderOf } from './order-of.js';
import { OrderRoute, ReadRoute } from './order-route.js';
import { deleteQuery, idIn, type ListQuery, listQuery, noteOnly, rerunBody, retryManyBody } from './schemas.js';

const jobIdParameter = { schema: idIn('jobId') };

@ApiTags('jobs')
@Controller('api/admin/jobs')
export class JobsController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Get()
  @ForTenants()
  @ReadRoute('Jobs, the newest first', jobPage)
  list(@Query({ schema: listQuery }) { limit, cursor, ...filter }: ListQuery, @ReachOf() reach: Reach) {
    return listJobs(this.context.pool, this.context.read, reach, filter, { limit, cursor });
  }

  @Get(':jobId')
  @ReadRoute('One job with everything known of it', jobDetail)
  show(@Param('jobId', jobIdParameter) jobId: string) {
    return readJobDetail(this.context.pool, this.context.read, jobId);
  }

  @Get(':jobId/archive')
  @Requires('read')
  @ApiOperation({ summary: 'The finished advertisements and the text to post, as a ZIP archive' })
  @ApiOkResponse({ content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } })
  async archive(@Param('jobId', jobIdParameter) jobId: string): Promise<StreamableFile> {
    const { pool, assets } = this.context;
    return new StreamableFile(await archiveJob(pool, assets, jobId), {
      type: 'application/zip',
      disposition: `attachment; filename="advertisements-${jobId.slice(0, 8)}.zip"`,
    });
  }

  @Post('retry-failed')
  @ForTenants()
  @OrderRoute('Send the failed variants that fit a filter back to work, with an outcome for each', manyAnswer)
  retryMany(
    @Body({ schema: retryManyBody }) body: z.infer<typeof retryManyBody>,
    @ReachOf() reach: Reach,
    @OrderOf() order: Order,
  ) {
    return answered(retryMany(this.context.pool, reach, body, order));
  }

  @Post(':jobId/retry')
  @OrderRoute('Send all failed variants of a job back to work', jobAnswer)
  retry(
    @Param('jobId', jobIdParameter) jobId: string,
    @Body({ schema: noteOnly }) _note: z.infer<typeof noteOnly>,
    @OrderOf() order: Order,
  ) {
    return answered(retryJob(this.context.pool, { jobId }, order));
  }

  @Post(':jobId/rerun')
  @OrderRoute("Do a job's own stages again; readers take the newest feed", jobAnswer)
  rerun(
    @Param('jobId', jobIdParameter) jobId: string,
    @Body({ schema: rerunBody }) { from }: z.infer<typeof rerunBody>,
    @OrderOf() order: Order,
  ) {
    return answered(rerunJob(this.context.pool, { jobId, from }, order));
  }

  @Post(':jobId/cancel')
  @OrderRoute('End all work on a job; what is done stays done', jobAnswer)
  cancel(
    @Param('jobId', jobIdParameter) jobId: string,
    @Body({ schema: noteOnly }) _note: z.infer<typeof noteOnly>,
    @OrderOf() order: Order,
  ) {
    return answered(cancelJob(this.context, { jobId }, order));
  }

  @Delete(':jobId')
  @OrderRoute('Remove a job: its rows, its files, its runs. With dryRun it is only counted', deletionAnswer)
  remove(
    @Param('jobId', jobIdParameter) jobId: string,
    @Query({ schema: deleteQuery }) { force, dryRun }: z.infer<typeof deleteQuery>,
    @OrderOf() order: Order,
  ) {
    return answered(dryRun ? countJob(this.context, jobId) : deleteJob(this.context, { jobId, force }, order));
  }
}
