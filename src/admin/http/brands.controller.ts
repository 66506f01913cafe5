import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Put,
  Query,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import type { BrandWords } from '../../brands/brand-schema.js';
import { LARGEST_LOGO } from '../../brands/logo.js';
import { removeLogo, setBrand, setLogo } from '../brands.js';
import type { Order } from '../orders.js';
import { listBrands, showBrand } from '../read/brands.js';
import { BadOrder } from '../trouble.js';
import { AdminContext } from './admin-context.js';
import { answered } from './answers.js';
import { brandAnswer, brandPage, shownBrand } from './brand-answers.js';
import { OrderOf } from './order-of.js';
import { OrderRoute, ReadRoute } from './order-route.js';
import { brandBody, noteOnly, paging, tenantName } from './schemas.js';
import type { Upload } from './uploads.js';

const listQuery = z.strictObject(paging);
const tenantParameter = { schema: tenantName };

/** A whole brand is put: what is not said is not there. */
const NOTHING_SAID: { [Field in keyof BrandWords]-?: null } = {
  name: null,
  colour: null,
  secondColour: null,
  handle: null,
  phone: null,
  address: null,
  hours: null,
  face: null,
};

@ApiTags('brands')
@Controller('api/admin/brands')
export class BrandsController {
  constructor(@Inject(AdminContext) private readonly context: AdminContext) {}

  @Get()
  @ForTenants()
  @ReadRoute('Who the tenants are on pictures and in posts', brandPage)
  list(@Query({ schema: listQuery }) page: z.infer<typeof listQuery>, @ReachOf() reach: Reach) {
    return listBrands(this.context.pool, reach, page);
  }

  @Get(':tenantId')
  @ReadRoute('A tenant’s brand, and how its colours look where they meet text', shownBrand)
  show(@Param('tenantId', tenantParameter) tenantId: string) {
    return showBrand(this.context.pool, tenantId);
  }

  @Put(':tenantId')
  @OrderRoute('Say who a tenant is; its logo stays as it is', brandAnswer)
  set(
    @Param('tenantId', tenantParameter) tenantId: string,
    @Body({ schema: brandBody }) body: z.infer<typeof brandBody>,
    @OrderOf() order: Order,
  ) {
    const { note: _, ...words } = body;
    return answered(setBrand(this.context.pool, { tenantId, change: { ...NOTHING_SAID, ...words } }, order));
  }

  @Put(':tenantId/logo')
  @UseInterceptors(FileInterceptor('logo', { limits: { fileSize: LARGEST_LOGO, files: 1, fields: 1, parts: 2 } }))
  @ApiConsumes('multipart/form-data')
  @OrderRoute('Give a brand its logo: a PNG with transparency', brandAnswer)
  setLogo(
    @Param('tenantId', tenantParameter) tenantId: string,
    @Body({ schema: noteOnly }) _note: z.infer<typeof noteOnly>,
    @UploadedFile() file: Upload | undefined,
    @OrderOf() order: Order,
  ) {
    if (!file) throw new BadOrder('logo: send a PNG with transparency as "logo"');
    return answered(setLogo(this.context, { tenantId, logo: file.buffer }, order));
  }

  @Delete(':tenantId/logo')
  @OrderRoute('Take a brand’s logo away', brandAnswer)
  removeLogo(@Param('tenantId', tenantParameter) tenantId: string, @OrderOf() order: Order) {
    return answered(removeLogo(this.context.pool, { tenantId }, order));
  }
}
