import path from 'node:path';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Requires } from '../../auth/access.js';
import { AuthSettings } from '../../auth/guards.js';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { AdminContext } from './admin-context.js';
import { asHttpRefusal, keepForever, mustBeOwn } from './published-file.js';

/** What a browser may show; everything else is something to save. Other parts put files here as well. */
const SHOWN: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.json': 'application/json; charset=utf-8',
};

@ApiTags('neighbours')
@Controller('assets')
export class AssetsController {
  constructor(
    @Inject(AdminContext) private readonly context: AdminContext,
    @Inject(AuthSettings) private readonly settings: AuthSettings,
  ) {}

  @Get('*path')
  @ForTenants()
  @Requires('shared')
  @ApiOperation({ summary: 'A file below the assets folder, also in parts (Range)' })
  async send(@Req() request: Request, @Res() response: Response, @ReachOf() reach: Reach): Promise<void> {
    // The path as it was sent: a store that sees what was decoded once would be fooled by what is decoded twice.
    const { pool, assets } = this.context;
    const file = await mustBeOwn(pool, reach, request.path)
      .then(() => assets.locate(request.path))
      .catch(asHttpRefusal);
    const type = SHOWN[path.extname(file).toLowerCase()];
    const { isShared, origins } = this.settings;
    response.setHeader('Content-Type', type ?? 'application/octet-stream');
    if (!type) response.setHeader('Content-Disposition', 'attachment');
    // An <img> on another site's page needs the resource's own consent.
    if (isShared || origins.length > 0) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    keepForever(response, this.settings);
    await new Promise<void>((resolve, reject) => {
      response.sendFile(file, { dotfiles: 'deny', cacheControl: false }, (error) => {
        // A reader who went away half way is nobody's trouble.
        if (error && !response.headersSent) reject(error);
        else resolve();
      });
    });
  }
}
