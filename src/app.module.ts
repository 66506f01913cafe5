import { type DynamicModule, Module } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { BridgeModule, type BridgeModuleSettings } from './bridge/bridge.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { HealthModule, type HealthModuleSettings } from './health/health.module.js';

/** The server: intake, and what it says of itself to the outside. Connections are made by `server.ts` and handed in. */
@Module({})
export class AppModule {
  static with(parts: {
    bridge: BridgeModuleSettings;
    health: Omit<HealthModuleSettings, 'bridgeModule'>;
    registry: Registry;
  }): DynamicModule {
    const bridgeModule = BridgeModule.with(parts.bridge);
    return {
      module: AppModule,
      imports: [
        bridgeModule,
        HealthModule.with({ ...parts.health, bridgeModule }),
        MetricsModule.with({ registry: parts.registry, pool: parts.bridge.pool, bridgeModule }),
      ],
    };
  }
}
