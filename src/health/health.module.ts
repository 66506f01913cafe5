import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Bridge } from '../bridge/bridge.js';
import { createHealthChecks, type HealthSources } from './health.js';
import { HEALTH_CHECKS, HealthController, SERVICE_NAME } from './health.controller.js';

export interface HealthModuleSettings extends Omit<HealthSources, 'bridge'> {
  service: string;
  /** The module that exports the Bridge. */
  bridgeModule: DynamicModule;
}

@Module({})
export class HealthModule {
  static with({ service, bridgeModule, ...sources }: HealthModuleSettings): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ gracefulShutdownTimeoutMs: 0 }), bridgeModule],
      controllers: [HealthController],
      providers: [
        { provide: SERVICE_NAME, useValue: service },
        {
          provide: HEALTH_CHECKS,
          useFactory: (bridge: Bridge) => createHealthChecks({ ...sources, bridge }),
          inject: [Bridge],
        },
      ],
    };
  }
}
