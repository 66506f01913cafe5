import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { cancelVariant } from '../cancel-variant.js';
import { observeVariant } from '../observe.js';
import type { Order } from '../orders.js';
import { readLayers } from '../read/layers.js';
import { listVariants } from '../read/list-variants.js';
import { retryVariant } from '../retry-variant.js';
import { selectVariant } from '../select-variant.js';
import { AdminContext } from './admin-context.js';
import { layersNow, retryAnswer, variantAnswer, variantNow, variantPage } from './answer-schemas.js';
import { answered } from './answers.js';
import { OrderOf } from './order-of.js';
import { OrderRoute, ReadRoute } from './order-route.js';
import { idIn, type ListQuery, listQuery, noteOnly, retryBody, selectBody } from './schemas.js';

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
