import { type DynamicModule, Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Bridge } from '../bridge/bridge.js';
import type { Pool } from '../db/pool.js';
import { measureIntake } from './intake-metrics.js';
import { MetricsController } from './metrics.controller.js';

export interface MetricsModuleSettings {
  registry: Registry;
  pool: Pool;
  /** The module that exports the Bridge. */
  bridgeModule: DynamicModule;
}

/** The server's page of metrics. */
@Module({})
export class MetricsModule {
  static with({ registry, pool, bridgeModule }: MetricsModuleSettings): DynamicModule {
    return {
      module: MetricsModule,
      imports: [bridgeModule],
      controllers: [MetricsController],
      providers: [
        {
          provide: Registry,
          useFactory: (bridge: Bridge) => {
            measureIntake(registry, { pool, bridge });
            return registry;
          },
          inject: [Bridge],
        },
      ],
    };
  }
}
