import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Injectable,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Bridge, type BridgeSettings } from './bridge.js';

export interface BridgeModuleSettings extends BridgeSettings {
  /** False stops all intake; health says so. */
  enabled: boolean;
}

/**
 * The bridge within the life of the application: it begins when everything is wired, and ends while the pool and the
 * client that its last deliveries need are still open.
 */
@Injectable()
class ManagedBridge extends Bridge implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly given: BridgeModuleSettings) {
    super(given);
  }

  onApplicationBootstrap(): void {
    if (this.given.enabled) this.start();
    else {
      this.given.log.warn(
        '[LISTENER] Job State Listener is disabled (ENABLE_JOB_STATE_LISTENER=false): nothing will start',
      );
    }
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }
}

@Module({})
export class BridgeModule {
  static with(settings: BridgeModuleSettings): DynamicModule {
    return {
      module: BridgeModule,
      providers: [{ provide: Bridge, useFactory: () => new ManagedBridge(settings) }],
      exports: [Bridge],
    };
  }
}
