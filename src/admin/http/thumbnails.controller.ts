import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Requires } from '../../auth/access.js';
import { AuthSettings } from '../../auth/guards.js';
import { THUMBNAIL_WIDTHS } from '../thumbnails.js';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { AdminContext } from './admin-context.js';
import { asHttpRefusal, keepForever, mustBeOwn } from './published-file.js';

const width = z.coerce.number().pipe(z.literal(THUMBNAIL_WIDTHS, `must be ${THUMBNAIL_WIDTHS.join(' or ')}`));

@ApiTags('neighbours')
@Controller('thumbnails')
export class ThumbnailsController {
  constructor(
    @Inject(AdminContext) private readonly context: AdminContext,
    @Inject(AuthSettings) private readonly settings: AuthSettings,
  ) {}

  @Get(':width/*path')
  @ForTenants()
  @Requires('shared')
  @ApiOperation({ summary: 'A picture below the assets folder, small, as WebP: /thumbnails/320/assets/…' })
  async send(
    @Param('width', { schema: width }) size: z.infer<typeof width>,
    @Req() request: Request,
    @Res() response: Response,
    @ReachOf() reach: Reach,
  ): Promise<void> {
    // The path as it was sent, as for the assets themselves.
    const url = request.path.replace(/^\/thumbnails\/[^/]+/, '');
    const { pool, thumbnails } = this.context;
    const picture = await mustBeOwn(pool, reach, url)
      .then(() => thumbnails.of(url, size))
      .catch(asHttpRefusal);
    response.setHeader('Content-Type', 'image/webp');
    keepForever(response, this.settings);
    response.send(picture);
  }
}
