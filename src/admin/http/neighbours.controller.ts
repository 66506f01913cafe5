import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Requires } from '../../auth/access.js';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { createOnce } from '../create-once.js';
import type { Order } from '../orders.js';
import { readResults } from '../read/results.js';
import { BadOrder } from '../trouble.js';
import { AdminContext } from './admin-context.js';
import { neighbourCreated, neighbourProgress, neighbourResults } from './answer-schemas.js';
import { dropUndefined } from './create.controller.js';
import { plainText } from './brief-schemas.js';
import { OrderOf } from './order-of.js';
import { inDocument, trouble } from './order-route.js';
import { idIn } from './schemas.js';
import { decodeBase64, type Upload, uploadLimits } from './uploads.js';

const DEFAULT_TENANT = 'js_tenant';

/** What the field `request` holds as JSON; the plain field `description` is its short form. */
const request = z.object({
  description: plainText(1000).optional(),
  tenant_id: z
    .string()
    .regex(/^[\w-][\w.-]{0,254}$/)
    .optional(),
  store_name: plainText(500).optional(),
  tone_style: plainText(255).optional(),
  ad_copy_kor: plainText(1000).optional(),
  ad_copy_eng: plainText(2000).optional(),
});

const createForm = z.object({
  description: plainText(1000).optional(),
  request: z.string().max(20_000).optional(),
  image_base64: z.string().optional(),
  image_name: z.string().max(255).optional(),
});

/** The routes by which a front end of the original reaches the pipeline (contract §9). */
@ApiTags('neighbours')
@Controller('api/v1/jobs')
export class NeighboursController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Post('create')
  @ForTenants()
  @HttpCode(200)
  @Requires('operate')
  @UseInterceptors(FileInterceptor('image', { limits: { ...uploadLimits, files: 1 } }))
  @ApiConsumes('multipart/form-data')
  @ApiOperation({ summary: 'Create a job from one photo (image, or image_base64) and a description' })
  @ApiResponse({ status: 200, description: 'It is on its way.', schema: inDocument(neighbourCreated) })
  @ApiResponse({ status: 400, description: 'Not to be understood; the message names the field.', schema: trouble })
  async create(
    @Body({ schema: createForm }) form: z.infer<typeof createForm>,
    @UploadedFile() file: Upload | undefined,
    @ReachOf() reach: Reach,
    @OrderOf() order: Order,
  ) {
    const { pool, assets, creation } = this.context;
    const wishes = readRequest(form.request);
    const description = form.description ?? wishes.description;
    const photo =
      file?.buffer ?? (form.image_base64 === undefined ? undefined : decodeBase64('image_base64', form.image_base64));
    if (!photo) throw new BadOrder('image: send a picture as "image", or as "image_base64"');
    const { jobId } = await createOnce(pool, order, {
      assetsDir: assets.root,
      partName: creation.partName,
      tenantId: reach.within(wishes.tenant_id) ?? DEFAULT_TENANT,
      variantsCount: creation.variantsPerJob,
      photos: [photo],
      ...dropUndefined({
        descKor: description?.trim() || undefined,
        storeName: wishes.store_name,
        toneStyle: wishes.tone_style,
        adCopyKor: wishes.ad_copy_kor,
        adCopyEng: wishes.ad_copy_eng,
      }),
    });
    return { job_id: jobId, status: 'job_created_and_inputs_submitted' };
  }

  @Get(':jobId/results')
  @Requires('shared')
  @ApiOperation({ summary: 'The finished advertisements with their text, or how far the job is' })
  @ApiResponse({
    status: 200,
    description: 'The pictures that succeeded, and the newest feed.',
    schema: inDocument(neighbourResults),
  })
  @ApiResponse({ status: 202, description: 'Still on its way; ask again.', schema: inDocument(neighbourProgress) })
  @ApiResponse({
    status: 409,
    description: 'The job has failed; the reason is in the answer. Asking again changes nothing.',
    schema: inDocument(neighbourProgress),
  })
  async results(
    @Param('jobId', { schema: idIn('jobId') }) jobId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    response.setHeader('Cache-Control', 'no-store');
    const results = await readResults(this.context.pool, jobId);
    if (results.kind === 'done')
      return {
        job_id: jobId,
        images: results.pictureUrls.map((image_url) => ({ image_url })),
        instagram_ad_copy: results.copy,
        hashtags: results.hashtags,
      };
    const { step, status, reason } = results;
    const at = `(${step}, ${status})${reason ? `: ${reason}` : ''}`;
    const isFailed = results.kind === 'failed';
    response.status(isFailed ? 409 : 202);
    return {
      detail: isFailed ? `The job has failed at ${at}` : `The job is at ${at}`,
      job_id: jobId,
      current_step: step,
      status,
      reason,
    };
  }
}

function readRequest(json: string | undefined): z.infer<typeof request> {
  if (json === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new BadOrder('request: must be JSON');
  }
  const parsed = request.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadOrder(
    parsed.error.issues.map(({ path, message }) => `request.${path.join('.')}: ${message}`).join('; '),
  );
}
