import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Requires } from '../auth/access.js';
import type { HealthChecks } from './health.js';

export const HEALTH_CHECKS = Symbol('health checks');
export const SERVICE_NAME = Symbol('service name');

type Part = keyof HealthChecks;
/** What this process needs to do its own work; workers and stages elsewhere degrade the whole, not this process. */
const OWN_PARTS: Part[] = ['listener', 'database', 'temporal'];
/** Every open page asks for everything now and then; whoever asks within so long is told the same. */
const SHARED_MS = 2_000;

@Controller()
// A monitor asks before anybody has given it a key; the answers name no secret.
@Requires('public')
export class HealthController {
  private shared: { until: number; answer: Promise<HealthCheckResult> } | undefined;

  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(HEALTH_CHECKS) private readonly checks: HealthChecks,
    @Inject(SERVICE_NAME) private readonly service: string,
  ) {}

  /** The original's form: the process answers and its database does. */
  @Get('healthz')
  @HealthCheck({ swaggerDocumentation: false })
  async healthz() {
    await this.health.check([() => this.look('database')]);
    return { ok: true, service: this.service };
  }

  @Get('health')
  @HealthCheck({ swaggerDocumentation: false })
  everything() {
    if (this.shared && Date.now() < this.shared.until) return this.shared.answer;
    const parts = Object.keys(this.checks) as Part[];
    const answer = this.health.check(parts.map((part) => () => this.look(part)));
    this.shared = { until: Date.now() + SHARED_MS, answer };
    return answer;
  }

  @Get('health/ready')
  @HealthCheck({ swaggerDocumentation: false })
  ready() {
    return this.health.check(OWN_PARTS.map((part) => () => this.look(part)));
  }

  private async look(part: Part) {
    const { ok, ...details } = await this.checks[part]();
    const indicator = this.indicators.check(part);
    return ok ? indicator.up(details) : indicator.down(details);
  }
}
