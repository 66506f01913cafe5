import {
  BadRequestException,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  NotFoundException,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Pool } from '../db/pool.js';
import { isUuid } from '../db/uuid.js';
import { AuthSettings, isOpen, type KnownRequest } from './guards.js';
import { Reach } from './reach.js';

const FOR_TENANTS = 'feedlyai:for-tenants';

/**
 * Opens a route to keys that belong to a tenant. Whoever writes it narrows everything the route shows and does to
 * `ReachOf`. Not needed where the path names a job, a variant or a tenant and nothing else: that is looked at here.
 */
export const ForTenants = (): MethodDecorator & ClassDecorator => SetMetadata(FOR_TENANTS, true);

/** Whose things the caller may see and change. */
export const ReachOf = createParamDecorator((_: unknown, context: ExecutionContext): Reach => {
  const { reach } = context.switchToHttp().getRequest<KnownRequest>();
  if (!reach) throw new Error('ReachGuard has not run');
  return reach;
});

type Look = (pool: Pool, id: string, tenantId: string) => Promise<boolean>;

const isFound = async (pool: Pool, query: string, parameters: string[]): Promise<boolean> =>
  (await pool.query(query, parameters)).rowCount !== 0;

/** A deletion may be asked for again, with the same answer, when nothing of the job is left but its audit. */
const isOwnJob: Look = (pool, jobId, tenantId) =>
  isFound(
    pool,
    `select from jobs where job_id = $1::uuid and tenant_id = $2
     union all
     select from pipeline.audit where tenant_id = $2 and action = 'delete job' and before->>'jobId' = $1::uuid::text`,
    [jobId, tenantId],
  );

const isOwnVariant: Look = (pool, variantId, tenantId) =>
  isFound(
    pool,
    'select from jobs_variants v join jobs j on j.job_id = v.job_id where v.job_variants_id = $1 and j.tenant_id = $2',
    [variantId, tenantId],
  );

/** What a path may name, and how it is known to be the caller's. */
const NAMED: Record<string, { is: Look; missing(id: string): string; isId: (text: string) => boolean }> = {
  jobId: { is: isOwnJob, missing: (id) => `there is no job ${id}`, isId: isUuid },
  variantId: { is: isOwnVariant, missing: (id) => `there is no variant ${id}`, isId: isUuid },
  tenantId: {
    is: async (_pool, named, tenantId) => named === tenantId,
    missing: (id) => `there is no brand of the tenant "${id}"`,
    isId: () => true,
  },
};

/**
 * Fourth: whether it is theirs. A key of one tenant finds no other tenant's things: they are missing exactly like what
 * does not exist. A route that says nothing about tenants is closed to such keys.
 */
@Injectable()
export class ReachGuard implements CanActivate {
  constructor(
    @Inject(AuthSettings) private readonly settings: AuthSettings,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const tenantId = isOpen(this.settings, this.reflector, context) ? null : (request.caller?.tenantId ?? null);
    request.reach = new Reach(tenantId);
    if (tenantId === null) return true;
    const names = Object.entries(request.params as Record<string, string>);
    const isNarrowed = names.length > 0 && names.every(([name]) => name in NAMED);
    if (!isNarrowed && !this.reflector.getAllAndOverride<true>(FOR_TENANTS, [context.getHandler(), context.getClass()]))
      throw new ForbiddenException(
        `this is about all tenants; the key belongs to the tenant "${tenantId}". Ask with a key of all tenants`,
      );
    for (const [name, id] of names) await this.mustBeOwn(name, id, tenantId);
    return true;
  }

  private async mustBeOwn(name: string, id: string, tenantId: string): Promise<void> {
    const named = NAMED[name];
    if (!named) return;
    if (!named.isId(id)) throw new BadRequestException(`${name}: must be a UUID`);
    if (!(await named.is(this.settings.pool, id, tenantId))) throw new NotFoundException(named.missing(id));
  }
}
