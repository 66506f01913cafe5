import type { AssetStore } from '../../assets/asset-store.js';
import type { Pool } from '../../db/pool.js';
import type { Logger } from '../../log.js';
import type { Engines } from '../engines/engines.js';
import type { DecodedPictures } from './decoded-pictures.js';
import type { StageRunner } from './stage-runner.js';

/** What every stage works with; a class so that Nest can inject it. */
export class StageContext {
  constructor(
    readonly pool: Pool,
    readonly assets: AssetStore,
    readonly engines: Engines,
    readonly runner: StageRunner,
    readonly log: Logger,
    readonly pictures: DecodedPictures,
  ) {}
}
