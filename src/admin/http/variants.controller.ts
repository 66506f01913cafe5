import { Body, Controller, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Requires } from '../../auth/access.js';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { cancelVariant } from '../cancel-variant.js';
import { observeVariant } from '../observe.js';
import type { Order } from '../orders.js';
import { readLayers } from '../read/layers.js';
import { listVariants } from '../read/list-variants.js';
import { postingPicture } from '../read/posting-picture.js';
import { retryVariant } from '../retry-variant.js';
import { selectVariant } from '../select-variant.js';
import { AdminContext } from './admin-context.js';
import { layersNow, retryAnswer, variantAnswer, variantNow, variantPage } from './answer-schemas.js';
import { answered } from './answers.js';
import { OrderOf } from './order-of.js';
import { OrderRoute, ReadRoute } from './order-route.js';
import { asHttpRefusal } from './published-file.js';
import { idIn, jpegQuery, type ListQuery, listQuery, noteOnly, retryBody, selectBody } from './schemas.js';

const variantIdParameter = { schema: idIn('variantId') };

@ApiTags('variants')
@Controller('api/admin/variants')
export class VariantsController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Get()
  @ForTenants()
  @ReadRoute('Variants, the newest first', variantPage)
  list(@Query({ schema: listQuery }) { limit, cursor, ...filter }: ListQuery, @ReachOf() reach: Reach) {
    return listVariants(this.context.pool, this.context.read, reach, filter, { limit, cursor });
  }

  @Get(':variantId')
  @ReadRoute('Where a variant is now; its job has everything known of it', variantNow)
  show(@Param('variantId', variantIdParameter) variantId: string) {
    return observeVariant(this.context.pool, variantId);
  }

  @Get(':variantId/layers')
  @ReadRoute('What the stages saw on the picture: masks, detections, places for the text', layersNow)
  layers(@Param('variantId', variantIdParameter) variantId: string) {
    return readLayers(this.context.pool, variantId);
  }

  @Get(':variantId/picture.jpg')
  @Requires('read')
  @ApiOperation({ summary: 'The finished advertisement as it can be posted: JPEG, sRGB, under 8 MB' })
  @ApiOkResponse({ content: { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } } })
  async jpeg(
    @Param('variantId', variantIdParameter) variantId: string,
    @Query({ schema: jpegQuery }) { quality }: z.infer<typeof jpegQuery>,
  ): Promise<StreamableFile> {
    const { pool, assets } = this.context;
    const { bytes, ordinal } = await postingPicture(pool, assets, variantId, quality).catch(asHttpRefusal);
    return new StreamableFile(bytes, {
      type: 'image/jpeg',
      disposition: `attachment; filename="advertisement-${variantId.slice(0, 8)}-${ordinal}.jpg"`,
      length: bytes.length,
    });
  }

  @Post(':variantId/select')
  @OrderRoute("Mark the job's favourite, or take the mark away; nothing is done again", variantAnswer)
  select(
    @Param('variantId', variantIdParameter) variantId: string,
    @Body({ schema: selectBody }) { selected }: z.infer<typeof selectBody>,
    @OrderOf() order: Order,
  ) {
    return answered(selectVariant(this.context.pool, { variantId, selected }, order));
  }

  @Post(':variantId/retry')
  @OrderRoute(
    'Send a variant back to work, also with other words, idea, format, tone or place of the dish; earlier results are kept',
    retryAnswer,
  )
  retry(
    @Param('variantId', variantIdParameter) variantId: string,
    @Body({ schema: retryBody }) { from, text, idea, format, tone, hint }: z.infer<typeof retryBody>,
    @OrderOf() order: Order,
  ) {
    return answered(
      retryVariant(this.context.pool, { variantId, from, edit: { text, idea, format, tone, hint } }, order),
    );
  }

  @Post(':variantId/cancel')
  @OrderRoute('End the work on a variant; what it has already written stays', variantAnswer)
  cancel(
    @Param('variantId', variantIdParameter) variantId: string,
    @Body({ schema: noteOnly }) _note: z.infer<typeof noteOnly>,
    @OrderOf() order: Order,
  ) {
    return answered(cancelVariant(this.context, { variantId }, order));
  }
}
