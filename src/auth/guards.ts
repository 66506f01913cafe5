import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { Request } from 'express';
import type { Pool } from '../db/pool.js';
import { ACCESS, type Access } from './access.js';
import { type Caller, identify } from './caller.js';
import type { Reach } from './reach.js';
import { isCsrfToken } from './sessions.js';

/** What guards need to know of the installation; a class so that Nest can inject it. */
export class AuthSettings {
  constructor(
    readonly pool: Pool,
    /** The address the server listens on. */
    readonly boundTo: string,
    /** Results and assets are shown to everybody. */
    readonly isShared: boolean,
    /** Other sites whose pages may call. */
    readonly origins: readonly string[],
  ) {}
}

export interface KnownRequest extends Request {
  caller?: Caller;
  reach?: Reach;
}

const accessOf = (reflector: Reflector, context: ExecutionContext): Access =>
  reflector.getAllAndOverride<Access | undefined>(ACCESS, [context.getHandler(), context.getClass()]) ?? 'operate';

/** Whether everybody may see what the route shows, whoever asks. */
export const isOpen = ({ isShared }: AuthSettings, reflector: Reflector, context: ExecutionContext): boolean => {
  const access = accessOf(reflector, context);
  return access === 'public' || (access === 'shared' && isShared);
};

const requestOf = (context: ExecutionContext): KnownRequest => context.switchToHttp().getRequest<KnownRequest>();

/** First: who calls. It refuses nobody, so that the limit below counts strangers too. */
@Injectable()
export class IdentifyGuard implements CanActivate {
  constructor(
    @Inject(AuthSettings) private readonly settings: AuthSettings,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (accessOf(this.reflector, context) === 'public') return true;
    const request = requestOf(context);
    const caller = await identify(request, this.settings);
    if (caller) request.caller = caller;
    return true;
  }
}

/** Second: not too often, by key, or by address for strangers. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    const [access, request] = [accessOf(this.reflector, context), requestOf(context)];
    // Signing in is public as well, but guessing is to be slow. A page of pictures is one look, not a hundred.
    const isFree = access === 'public' || (access === 'shared' && request.caller !== undefined);
    return Promise.resolve(isFree && isReading(request));
  }

  protected override getTracker(request: KnownRequest): Promise<string> {
    return Promise.resolve(request.caller ? `caller ${request.caller.id}` : `address ${request.ip}`);
  }

  /** One limit for everything a caller does, not one for each route. */
  protected override generateKey(_context: ExecutionContext, tracker: string): string {
    return tracker;
  }
}

/** Third: whether the route is for them. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(AuthSettings) private readonly settings: AuthSettings,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (isOpen(this.settings, this.reflector, context)) return true;
    const access = accessOf(this.reflector, context);
    const request = requestOf(context);
    const { caller } = request;
    if (!caller) {
      context
        .switchToHttp()
        .getResponse<{ setHeader(name: string, value: string): void }>()
        .setHeader('WWW-Authenticate', 'Bearer');
      throw new UnauthorizedException('show an API key (Authorization: Bearer … or X-API-Key), or sign in');
    }
    if (access === 'operate' && caller.scope !== 'operate')
      throw new ForbiddenException('this key may only read; the route asks for the scope "operate"');
    if (!isReading(request)) this.refuseForeignPages(request, caller);
    return true;
  }

  /** A browser sends its cookie, and reaches loopback, on behalf of any page; a page of ours can prove itself. */
  private refuseForeignPages(request: KnownRequest, caller: Caller): void {
    if (caller.via === 'key') return;
    const { origin } = request.headers;
    const isOurs = origin === undefined || this.settings.origins.includes(origin) || isSameHost(origin, request);
    if (!isOurs) throw new ForbiddenException('a page of another site may not do this');
    if (caller.via === 'session' && !isCsrfToken(caller.sessionToken ?? '', request.get('x-csrf-token')))
      throw new ForbiddenException('X-CSRF-Token is missing or wrong; GET /api/admin/session tells it');
  }
}

const isSameHost = (origin: string, { headers }: Request): boolean =>
  URL.canParse(origin) && new URL(origin).host === headers.host;

const isReading = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';
