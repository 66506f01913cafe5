import { Body, Controller, Inject, Post, UploadedFiles, UseInterceptors } from '@nestjs/common';
import { FilesInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { createOnce } from '../create-once.js';
import type { Order } from '../orders.js';
import { BadOrder } from '../trouble.js';
import { AdminContext } from './admin-context.js';
import { creationAnswer } from './answer-schemas.js';
import { briefField, ideasField, pictureFormat, plainText, postField, sentenceField } from './brief-schemas.js';
import { OrderOf } from './order-of.js';
import { OrderRoute } from './order-route.js';
import { subjectHintField } from './schemas.js';
import { readExisting, type Upload, uploadLimits } from './uploads.js';

const text = (longest: number) => plainText(longest).refine((value) => value !== '', 'must not be empty');

/** A form sends everything as text. */
const createBody = z.strictObject({
  tenantId: z
    .string()
    .regex(/^[\w-][\w.-]{0,254}$/, 'may hold letters, digits, "_", "-" and ".", at most 255')
    .optional()
    .describe('may be left out with a key that belongs to a tenant'),
  descKor: sentenceField.optional().describe('what the shop says, in a sentence; it is split into roles'),
  brief: briefField.optional().describe('the same in roles, taken as they are given, as JSON'),
  ideas: ideasField.optional().describe('what each picture leads with and says, one per picture, as JSON'),
  post: postField.optional().describe('the text to post, as JSON'),
  storeName: text(500).optional(),
  adCopyKor: text(1000).optional().describe('the headline of every picture, as it is'),
  adCopyEng: text(2000).optional(),
  toneStyle: text(255).optional().describe('a tone style, by id, code or name'),
  variantsCount: z.coerce.number().int().min(1).max(20).optional(),
  imageGeneration: z.enum(['internal', 'external']).optional(),
  pictureFormat: pictureFormat.optional(),
  subjectHint: subjectHintField
    .optional()
    .describe('where the dish is on the first photo, as JSON: {x, y} or {x, y, width, height}'),
  pictureUrls: z
    .union([z.array(z.string()), z.string().transform((one) => [one])])
    .optional()
    .describe('pictures that are there already, instead of uploads'),
});

@ApiTags('jobs')
@Controller('api/admin/jobs')
export class CreateController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Post()
  @ForTenants()
  @UseInterceptors(FilesInterceptor('photos', uploadLimits.files, { limits: uploadLimits }))
  @ApiConsumes('multipart/form-data', 'application/json')
  @OrderRoute('Create a job from uploaded photos or from pictures that are there already', creationAnswer)
  async create(
    @Body({ schema: createBody }) body: z.infer<typeof createBody>,
    @UploadedFiles() files: Upload[] | undefined,
    @ReachOf() reach: Reach,
    @OrderOf() order: Order,
  ) {
    const { pool, assets, creation } = this.context;
    const { pictureUrls = [], ...wishes } = body;
    const tenantId = reach.within(wishes.tenantId);
    if (tenantId === null) throw new BadOrder('tenantId: name the shop that the job is for');
    const photos = [
      ...(files ?? []).map(({ buffer }) => buffer),
      ...(await readExisting(this.context, reach, pictureUrls)),
    ];
    if (photos.length === 0) throw new BadOrder('photos: upload at least one picture, or name one in pictureUrls');
    return createOnce(pool, order, {
      assetsDir: assets.root,
      partName: creation.partName,
      variantsCount: wishes.ideas?.length ?? creation.variantsPerJob,
      photos,
      ...dropUndefined(wishes),
      tenantId,
    });
  }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
export const dropUndefined = <T extends object>(values: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
