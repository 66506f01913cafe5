import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AssetStore, createAssetStore } from '../../../src/assets/asset-store.js';
import { createJobClaims } from '../../../src/db/job-claims.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { createLogger } from '../../../src/log.js';
import { createStageApp } from '../../../src/stages/app.js';
import { createEngines } from '../../../src/stages/engines/engines.js';
import type { Script } from '../../../src/stages/engines/scripted/script.js';
import { type ScriptedEngines, scriptEngines } from '../../../src/stages/engines/scripted/scripted-engines.js';
import { effectKey, isJobStage, type JobStage, type Stage, type VariantStage } from '../../../workflows/contract.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

export const ROUTES: Record<Exclude<Stage, 'img_gen'>, string> = {
  vlm_analyze: 'llava/stage1/validate',
  yolo_detect: 'yolo/detect',
  planner: 'planner',
  overlay: 'overlay',
  vlm_judge: 'llava/stage2/judge',
  ocr_eval: 'ocr/evaluate',
  readability_eval: 'readability/evaluate',
  iou_eval: 'iou/evaluate',
  ad_copy_gen_kor: 'gpt/eng-to-kor',
  instagram_feed_gen: 'instagram/feed',
};
export type ServiceStage = keyof typeof ROUTES;

export interface Variant {
  variantId: string;
  jobId: string;
  imageId: string;
  imageUrl: string;
}

export interface Answer {
  status: number;
  // Answers are looked into field by field
  body: any;
  retryAfter: string | null;
}

export const TENANT = 'tenant-a';
const log = createLogger('stages-test', 'fatal');

/** What the service's connections are called in pg_stat_activity. */
export const SERVICE_NAME = 'feedlyai-stages-test';

export interface BenchOptions {
  /** What the engines do instead of simply working; may be changed between calls. */
  script?: Script;
  poolSize?: number;
  picturesAtOnce?: number;
  /** The key the service asks for. */
  apiKey?: string;
  /** How long one call may be at work. */
  timeoutMs?: number;
}

/** One stage service with a pool and engines of its own. */
interface Instance {
  url: string;
  pool: Pool;
  engines: ScriptedEngines;
  close(): Promise<void>;
}

async function startInstance(
  databaseUrl: string,
  root: string,
  { script = {}, poolSize = 5, picturesAtOnce, apiKey, timeoutMs = 120_000 }: BenchOptions,
): Promise<Instance> {
  const pool = createPool({ url: databaseUrl, name: SERVICE_NAME.replace('feedlyai-', ''), size: poolSize, log });
  const engines = scriptEngines(createEngines({ ocrWorkers: 1 }), script, {
    ...(picturesAtOnce !== undefined && { picturesAtOnce }),
  });
  const assets = createAssetStore({ root, partName: 'yh' });
  const app = await createStageApp({
    pool,
    assets,
    engines,
    log,
    partName: 'yh',
    apiKey: apiKey ?? null,
    timeout: timeoutMs,
  });
  await app.listen(0, '127.0.0.1');
  return {
    url: await app.getUrl(),
    pool,
    engines,
    async close() {
      engines.release();
      await app.close();
      await engines.close();
      if (!pool.ended) await pool.end();
    },
  };
}

const post = async (url: string, body: string, key?: string): Promise<Answer> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    body,
  });
  return { status: response.status, body: await response.json(), retryAfter: response.headers.get('retry-after') };
};

/** A second service over the same rows and files. */
export interface Neighbour extends Instance {
  call(stage: ServiceStage, body: unknown, key?: string): Promise<Answer>;
}

/** A stage service on a database and an assets folder of its own, and the hands to put rows there. */
export class StageBench {
  private readonly neighbours: Instance[] = [];

  private constructor(
    /** The test's own connections; the service has others. */
    readonly pool: Pool,
    readonly service: Instance,
    readonly assets: AssetStore,
    private readonly database: TestDatabase,
  ) {}

  static async open(options: BenchOptions = {}): Promise<StageBench> {
    const database = await createTestDatabase();
    const root = await mkdtemp(path.join(tmpdir(), 'stages-test-'));
    const pool = createPool({ url: database.url, name: 'bench', size: 5, log });
    const assets = createAssetStore({ root, partName: 'yh' });
    const service = await startInstance(database.url, root, options);
    await pool.query(`insert into tenants (tenant_id) values ($1), ('tenant-b')`, [TENANT]);
    return new StageBench(pool, service, assets, database);
  }

  get engines(): ScriptedEngines {
    return this.service.engines;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** Asks until the first column of the answer is true; for what happens in the service and tells nobody. */
  async until(question: string, values: unknown[] = []): Promise<void> {
    for (;;) {
      const { rows } = await this.pool.query({ text: question, values, rowMode: 'array' });
      if (rows[0]?.[0] === true) return;
    }
  }

  /** Starts another service over this database and these files; closed with the bench. */
  async addNeighbour(options: BenchOptions = {}): Promise<Neighbour> {
    const instance = await startInstance(this.database.url, this.assets.root, options);
    this.neighbours.push(instance);
    return {
      ...instance,
      call: (stage, body, key) => post(`${instance.url}/api/yh/${ROUTES[stage]}`, JSON.stringify(body), key),
    };
  }

  async close(): Promise<void> {
    for (const instance of [this.service, ...this.neighbours]) await instance.close();
    await this.pool.end();
    await this.database.drop();
    await rm(this.assets.root, { recursive: true, force: true });
  }

  async query<T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.pool.query(sql, values)).rows as T[];
  }

  async call(stage: ServiceStage, body: unknown, key?: string): Promise<Answer> {
    return this.post(`/api/yh/${ROUTES[stage]}`, JSON.stringify(body), key);
  }

  post(route: string, body: string, key?: string): Promise<Answer> {
    return post(this.service.url + route, body, key);
  }

  async get(route: string): Promise<Response> {
    return fetch(this.service.url + route);
  }

  async addJob(
    options: { descKor?: string; storeTitle?: string; toneCode?: string; english?: string | null } = {},
  ): Promise<string> {
    const {
      descKor = '얼큰하고 든든한 부대찌개',
      storeTitle = '봄날식당',
      toneCode = 'emotion_comfort',
      english = 'A warm bowl of budae-jjigae.',
    } = options;
    const [store] = await this.query<{ store_id: string }>(
      `insert into stores (title, body, store_category) values ($1, '30년 전통의 부대찌개 전문점', '한식') returning store_id`,
      [storeTitle],
    );
    const jobId = randomUUID();
    await this.query(
      `insert into jobs (job_id, tenant_id, store_id, status, current_step) values ($1, $2, $3, 'done', 'user_img_input')`,
      [jobId, TENANT, store?.store_id],
    );
    await this.query(
      `insert into job_inputs (job_id, desc_kor, tone_style_id) select $1, $2, tone_style_id from tone_styles where code = $3`,
      [jobId, descKor, toneCode],
    );
    if (english !== null) {
      await this.query(
        `insert into txt_ad_copy_generations (job_id, generation_stage, ad_copy_eng, status) values ($1, 'ad_copy_eng', $2, 'done')`,
        [jobId, english],
      );
    }
    return jobId;
  }

  async addPicture(bytes: Buffer, jobId: string): Promise<{ imageId: string; imageUrl: string }> {
    const imageId = randomUUID();
    const { width = 0, height = 0 } = await sharp(bytes).metadata();
    const { url } = await this.assets.publish({
      tenantId: TENANT,
      kind: 'generated',
      id: imageId,
      extension: 'png',
      bytes,
      date: new Date(),
    });
    await this.query(
      `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id) values ($1, 'generated', $2, $3, $4, $5, $6)`,
      [imageId, url, width, height, TENANT, jobId],
    );
    return { imageId, imageUrl: url };
  }

  async addVariant(
    picture: Buffer,
    { jobId, step = 'img_gen', status = 'done' }: { jobId?: string; step?: string; status?: string } = {},
  ): Promise<Variant> {
    const job = jobId ?? (await this.addJob());
    const image = await this.addPicture(picture, job);
    const variantId = randomUUID();
    await this.query(
      `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status) values ($1, $2, $3, 1, $4, $5)`,
      [variantId, job, image.imageId, step, status],
    );
    return { variantId, jobId: job, ...image };
  }

  /** Puts a row somewhere without waking anybody. */
  async moveVariant(variantId: string, step: string, status: string): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      await client.query(`set local pipeline.writer = 'test'`);
      await client.query('update jobs_variants set current_step = $2, status = $3 where job_variants_id = $1', [
        variantId,
        step,
        status,
      ]);
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  /** Opens the pipeline's claim as a worker does, and returns its key. */
  async claim(
    stage: VariantStage | JobStage,
    { unitId, jobId }: { unitId: string; jobId: string },
  ): Promise<{ key: string; inputs: Record<string, unknown> }> {
    const [run] = await this.query<{ generation: number }>(
      isJobStage(stage)
        ? 'select generation from pipeline.jobs where job_id = $1'
        : 'update pipeline.runs set open = true where job_variants_id = $1 returning generation',
      [unitId],
    );
    const generation = run?.generation ?? 1;
    const client = await this.pool.connect();
    try {
      // The worker's connections are marked; the bench's pool is not.
      await client.query(`set pipeline.writer = 'worker'`);
      const marked = { query: client.query.bind(client) } as unknown as Pool;
      const owner = isJobStage(stage)
        ? createJobClaims(marked, { maxLostAttempts: 10, siblingsPatienceMs: 60_000 })
        : createVariantClaims(marked, {
            maxLostAttempts: 10,
            overlayTextGraceMs: 0,
            overlayTextPatienceMs: 0,
            picturePatienceMs: 0,
          });
      const answer = await owner.claim({ unitId, jobId, generation }, stage as never);
      if (answer.kind !== 'granted') throw new Error(`no claim on ${stage}: ${JSON.stringify(answer)}`);
      return { key: effectKey(unitId, stage, generation), inputs: answer.claim.inputs };
    } finally {
      await client.query('reset pipeline.writer');
      client.release();
    }
  }

  /** Puts a finished claim back to where its attempt began, and forgets the saved answer: the stage is due again. */
  async reopenClaim(stage: VariantStage, variantId: string): Promise<void> {
    await this.moveVariant(variantId, stage, 'running');
    await this.query(`update pipeline.claims set state = 'open', result = null where unit_id = $1 and stage = $2`, [
      variantId,
      stage,
    ]);
    await this.query(`delete from pipeline.answers where idempotency_key like $1`, [`%${variantId}%${stage}%`]);
  }

  /** What the service's own document says its answer holds. */
  async answerSchema(stage: ServiceStage): Promise<{ required: string[] }> {
    const document = (await (await this.get('/openapi.json')).json()) as any;
    return document.paths[`/api/yh/${ROUTES[stage]}`].post.responses['200'].content['application/json'].schema;
  }

  /** From now on the database refuses new rows of this table. */
  async refuseInserts(table: string): Promise<void> {
    await this.query(`create or replace function refuse_insert() returns trigger language plpgsql as
      $$ begin raise exception 'no rows for % today', tg_table_name; end $$`);
    await this.query(`create trigger refuse before insert on ${table} for each row execute function refuse_insert()`);
  }

  async allowInserts(table: string): Promise<void> {
    await this.query(`drop trigger refuse on ${table}`);
  }

  ids({ variantId, jobId }: Variant): { job_variants_id: string; job_id: string; tenant_id: string } {
    return { job_variants_id: variantId, job_id: jobId, tenant_id: TENANT };
  }

  /** The rows a refused call must not touch, byte for byte, and what may not appear beside them. */
  async snapshot(): Promise<string> {
    const tables = [
      'jobs',
      'jobs_variants',
      'vlm_traces',
      'detections',
      'yolo_runs',
      'planner_proposals',
      'overlay_layouts',
      'evaluations',
      'image_assets',
      'llm_traces',
      'txt_ad_copy_generations',
      'instagram_feeds',
      'pipeline.answers',
      'pipeline.claims',
      'pipeline.jobs',
      'pipeline.runs',
      'pipeline.audit',
      'pipeline.outbox',
      'pipeline.detection_runs',
    ];
    const parts = await Promise.all(
      tables.map(async (table) =>
        JSON.stringify(
          (await this.query(`select t::text || t.xmin::text as row from ${table} t order by 1`)).map(({ row }) => row),
        ),
      ),
    );
    return parts.join('\n');
  }
}
