import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { EventHub, type HubSettings } from '../events/hub.js';
import { AdminContext, type AdminParts } from './admin-context.js';
import { TroubleFilter } from './answers.js';
import { AssetsController } from './assets.controller.js';
import { BrandsController } from './brands.controller.js';
import { BriefsController, DesignsController } from './briefs.controller.js';
import { CreateController } from './create.controller.js';
import { EventsController } from './events.controller.js';
import { JobsController } from './jobs.controller.js';
import { NeighboursController } from './neighbours.controller.js';
import { PhotosController } from './photos.controller.js';
import {
  AuditController,
  DeadLettersController,
  IntakeController,
  QueuesController,
  TonesController,
} from './system.controllers.js';
import { ThumbnailsController } from './thumbnails.controller.js';
import { VariantsController } from './variants.controller.js';
import { WordsController } from './words.controller.js';

export interface AdminModuleSettings extends AdminParts {
  events: HubSettings;
  /** The module that exports the AuthSettings. */
  authModule: DynamicModule;
}

/** The operators' and neighbours' routes: HTTP's words for what `src/admin` does. */
@Module({})
export class AdminModule {
  static with({ events, authModule, ...parts }: AdminModuleSettings): DynamicModule {
    return {
      module: AdminModule,
      imports: [authModule],
      controllers: [
        JobsController,
        CreateController,
        PhotosController,
        BriefsController,
        DesignsController,
        VariantsController,
        WordsController,
        IntakeController,
        DeadLettersController,
        QueuesController,
        AuditController,
        TonesController,
        EventsController,
        BrandsController,
        NeighboursController,
        AssetsController,
        ThumbnailsController,
      ],
      providers: [
        { provide: EventHub, useValue: new EventHub(events) },
        { provide: AdminContext, useValue: new AdminContext(parts) },
        { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe() },
        { provide: APP_FILTER, useValue: new TroubleFilter(events.log) },
      ],
    };
  }
}
