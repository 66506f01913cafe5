import type { AssetStore } from '../../assets/asset-store.js';
import type { Pool } from '../../db/pool.js';
import type { QueueNow } from '../read/queues.js';
import type { ReadSettings } from '../read/read-job.js';
import type { RunControl } from '../run-control.js';
import { createThumbnails, type Thumbnails } from '../thumbnails.js';

/** What the routes of operators and neighbours work with; a class so that Nest can inject it. */
export class AdminContext implements AdminParts {
  readonly pool: Pool;
  readonly runs: RunControl;
  readonly assets: AssetStore;
  readonly read: ReadSettings;
  readonly queues: () => Promise<QueueNow[]>;
  readonly creation: AdminParts['creation'];
  readonly thumbnails: Thumbnails;

  constructor(parts: AdminParts) {
    this.pool = parts.pool;
    this.runs = parts.runs;
    this.assets = parts.assets;
    this.read = parts.read;
    this.queues = parts.queues;
    this.creation = parts.creation;
    this.thumbnails = createThumbnails(parts.assets);
  }
}

export interface AdminParts {
  /** Without a writer's mark: created jobs come in as anybody's do, and orders mark themselves. */
  pool: Pool;
  runs: RunControl;
  assets: AssetStore;
  read: ReadSettings;
  queues: () => Promise<QueueNow[]>;
  creation: { partName: string; variantsPerJob: number };
}
