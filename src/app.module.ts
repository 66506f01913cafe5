import { type DynamicModule, Module } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { AdminModule, type AdminModuleSettings } from './admin/http/admin.module.js';
import { AuthModule, type AuthModuleSettings } from './auth/auth.module.js';
import { BridgeModule, type BridgeModuleSettings } from './bridge/bridge.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { HealthModule, type HealthModuleSettings } from './health/health.module.js';

export interface AppParts {
  bridge: BridgeModuleSettings;
  health: Omit<HealthModuleSettings, 'bridgeModule'>;
  registry: Registry;
  auth: AuthModuleSettings;
  admin: Omit<AdminModuleSettings, 'authModule'>;
}

/** The server: intake, orders, and what it says of itself to the outside. Connections are made by `server.ts` and handed in. */
@Module({})
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    const bridgeModule = BridgeModule.with(parts.bridge);
    const authModule = AuthModule.with(parts.auth);
    return {
      module: AppModule,
      imports: [
        bridgeModule,
        authModule,
        HealthModule.with({ ...parts.health, bridgeModule }),
        MetricsModule.with({ registry: parts.registry, pool: parts.bridge.pool, bridgeModule }),
        AdminModule.with({ ...parts.admin, authModule }),
      ],
    };
  }
}
