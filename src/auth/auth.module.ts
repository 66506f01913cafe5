import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessGuard, AuthSettings, IdentifyGuard, RateLimitGuard } from './guards.js';
import { ReachGuard } from './reach-guard.js';
import { SessionController } from './session.controller.js';

export interface AuthModuleSettings {
  auth: AuthSettings;
  /** Requests a minute, by key. */
  rateLimit: number;
}

/** Guards every route of the application, in this order. */
@Module({})
export class AuthModule {
  static with({ auth, rateLimit }: AuthModuleSettings): DynamicModule {
    return {
      module: AuthModule,
      imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: rateLimit }])],
      controllers: [SessionController],
      providers: [
        { provide: AuthSettings, useValue: auth },
        { provide: APP_GUARD, useClass: IdentifyGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: ReachGuard },
      ],
      exports: [AuthSettings],
    };
  }
}
