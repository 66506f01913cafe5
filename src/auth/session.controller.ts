import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  Req,
  Res,
  StandardSchemaValidationPipe,
  UnauthorizedException,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Requires } from './access.js';
import { SESSION_COOKIE } from './caller.js';
import { AuthSettings, type KnownRequest } from './guards.js';
import { findKey, type Scope } from './keys.js';
import { ForTenants } from './reach-guard.js';
import { closeSession, csrfTokenOf, openSession, SESSION_MS } from './sessions.js';

const signIn = z.strictObject({ key: z.string().min(1).max(200) });

interface SessionAnswer {
  actor: string;
  scope: Scope;
  /** The one tenant whose things the caller may see and change; null for all of them. */
  tenantId: string | null;
  /** To be sent as X-CSRF-Token with everything that changes something; null where no cookie is in play. */
  csrfToken: string | null;
}

@ApiTags('session')
@Controller('api/admin/session')
export class SessionController {
  constructor(@Inject(AuthSettings) private readonly settings: AuthSettings) {}

  @Get()
  @Requires('read')
  @ForTenants()
  @ApiOperation({ summary: 'Who the caller is, and what a page must send with its orders' })
  show(@Req() { caller }: KnownRequest): SessionAnswer {
    if (!caller) throw new UnauthorizedException();
    const { actor, scope, tenantId, sessionToken } = caller;
    return { actor, scope, tenantId, csrfToken: sessionToken === undefined ? null : csrfTokenOf(sessionToken) };
  }

  @Post()
  @HttpCode(200)
  // A page cannot show its key before it has signed in with it. The cookie is SameSite=Strict: nobody is signed in from elsewhere.
  @Requires('public')
  @ApiOperation({ summary: 'Sign a browser in with an API key: a cookie, for twelve hours' })
  async open(
    @Body({ schema: signIn, pipes: [new StandardSchemaValidationPipe()] }) { key }: z.infer<typeof signIn>,
    @Req() request: KnownRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    const holder = await findKey(this.settings.pool, key);
    if (!holder) throw new UnauthorizedException('this key opens nothing');
    const token = await openSession(this.settings.pool, holder);
    response.cookie(SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure,
      path: '/',
      maxAge: SESSION_MS,
    });
    const { name, scope, tenantId } = holder;
    return { actor: `key:${name}`, scope, tenantId, csrfToken: csrfTokenOf(token) };
  }

  @Delete()
  @HttpCode(204)
  @Requires('read')
  @ForTenants()
  @ApiOperation({ summary: 'Sign out' })
  async close(@Req() { caller }: KnownRequest, @Res({ passthrough: true }) response: Response): Promise<void> {
    if (caller?.sessionToken !== undefined) await closeSession(this.settings.pool, caller.sessionToken);
    response.clearCookie(SESSION_COOKIE, { path: '/' });
  }
}
