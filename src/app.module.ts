import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { HealthChecks } from './health/health.js';
import { HEALTH_CHECKS, HealthController, SERVICE_NAME } from './health/health.controller.js';

/** What the server shows to the outside. Its parts are made by `server.ts` and handed in. */
@Module({})
export class AppModule {
  static with(parts: { service: string; healthChecks: HealthChecks }): DynamicModule {
    return {
      module: AppModule,
      imports: [TerminusModule.forRoot({ gracefulShutdownTimeoutMs: 0 })],
      controllers: [HealthController],
      providers: [
        { provide: HEALTH_CHECKS, useValue: parts.healthChecks },
        { provide: SERVICE_NAME, useValue: parts.service },
      ],
    };
  }
}
