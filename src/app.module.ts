import { type DynamicModule, Module } from '@nestjs/common';
import { BridgeModule, type BridgeModuleSettings } from './bridge/bridge.module.js';
import { HealthModule, type HealthModuleSettings } from './health/health.module.js';

/** The server: intake, and what it says of itself to the outside. Connections are made by `server.ts` and handed in. */
@Module({})
export class AppModule {
  static with(parts: {
    bridge: BridgeModuleSettings;
    health: Omit<HealthModuleSettings, 'bridgeModule'>;
  }): DynamicModule {
    const bridgeModule = BridgeModule.with(parts.bridge);
    return {
      module: AppModule,
      imports: [bridgeModule, HealthModule.with({ ...parts.health, bridgeModule })],
    };
  }
}
