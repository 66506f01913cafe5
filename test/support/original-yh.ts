import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { ENDPOINTS } from '../../src/stage-api/endpoints.js';
import type { Stage } from '../../workflows/contract.js';

type PeerStage = Exclude<Stage, 'img_gen'>;

/**
 * What goes wrong with one call. `fail`: an unexpected exception in the middle. `lose`: everything is done, the answer
 * never leaves. `die`: the process is gone before it commits anything. `die halfway`: gone between its result rows and
 * its last status. `lose status`: the last status write fails and 200 is answered all the same. `lose rows`: as `lose
 * status`, with the result rows in its place. A promise: the model takes that long.
 */
export type Fault = 'fail' | 'lose' | 'die' | 'die halfway' | 'lose status' | 'lose rows' | { model: Promise<void> };

export interface PeerCall {
  stage: PeerStage;
  /** Variant or job. */
  unitId: string;
}

export interface OriginalYh {
  baseUrl: string;
  calls: (PeerCall & { status: number | null })[];
  /** Asked before each call. */
  faults(next: (stage: PeerStage, unitId: string) => Fault | undefined | Promise<Fault | undefined>): void;
  close(): Promise<void>;
}

interface Call {
  stage: PeerStage;
  variantId: string;
  jobId: string;
  body: Record<string, string>;
  fault: Fault | undefined;
}

class Gone extends Error {}
class Refused extends Error {}

const STAGES = new Map(Object.entries(ENDPOINTS).map(([stage, endpoint]) => [endpoint, stage as PeerStage]));
const DEMANDS: Partial<Record<PeerStage, string>> = {
  planner: 'yolo_detect',
  overlay: 'planner',
  vlm_judge: 'overlay',
};

/**
 * The original's stage service with its models left out: statuses, rows, commits and refusals as contract §4.1 has them.
 * On a port of its own unless one is given.
 */
export async function startOriginalYh(databaseUrl: string, port = 0): Promise<OriginalYh> {
  // As many as calls that a test lets stand still at once: each holds its transaction meanwhile.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 12, application_name: 'yh' });
  pool.on('error', () => {});
  const calls: OriginalYh['calls'] = [];
  let faultOf: Parameters<OriginalYh['faults']>[0] = () => undefined;

  const server = createServer((request, response) => {
    if (request.url === '/healthz') return void response.end(JSON.stringify({ ok: true, service: 'app-yh' }));
    void (async () => {
      const stage = STAGES.get(request.url ?? '') as PeerStage;
      const body = await bodyOf(request);
      const unitId = body.job_variants_id ?? (body.job_id as string);
      const record: OriginalYh['calls'][number] = { stage, unitId, status: null };
      calls.push(record);
      const fault = await faultOf(stage, unitId);
      const call = { stage, variantId: body.job_variants_id as string, jobId: body.job_id as string, body, fault };
      const answer = (status: number, content: object): void => {
        record.status = status;
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      };
      try {
        const content = body.job_variants_id
          ? await performVariantStage(pool, call)
          : await performJobStage(pool, call);
        if (fault === 'lose') request.socket.destroy();
        else answer(200, content);
      } catch (error) {
        if (error instanceof Gone) request.socket.destroy();
        else answer(error instanceof Refused ? 400 : 500, { detail: (error as Error).message });
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    faults: (next) => {
      faultOf = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

const bodyOf = async (request: IncomingMessage): Promise<Record<string, string>> =>
  JSON.parse(await text(request)) as Record<string, string>;

/** One session of the original: work that is committed in steps, and rolled back where the process ends. */
async function inSession<T>(pool: pg.Pool, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const db = await pool.connect();
  try {
    await db.query('begin');
    const result = await work(db);
    await db.query('commit');
    return result;
  } catch (error) {
    await db.query('rollback');
    throw error;
  } finally {
    db.release();
  }
}

const commit = (db: pg.PoolClient) => db.query('commit; begin');
const setVariant = (db: pg.PoolClient | pg.Pool, id: string, status: string, step?: string) =>
  db.query(
    `update jobs_variants set status = $2, current_step = coalesce($3, current_step), updated_at = current_timestamp
      where job_variants_id = $1`,
    [id, status, step ?? null],
  );

async function performVariantStage(pool: pg.Pool, call: Call): Promise<object> {
  const { stage, variantId, jobId, fault } = call;
  const isOneTransaction = stage === 'vlm_analyze' || stage === 'yolo_detect';
  try {
    return await inSession(pool, async (db) => {
      const { rows } = await db.query('select current_step, status from jobs_variants where job_variants_id = $1', [
        variantId,
      ]);
      const demanded = DEMANDS[stage];
      if (demanded && (rows[0]?.current_step !== demanded || rows[0]?.status !== 'done')) {
        throw new Refused(`Job variant is at (${rows[0]?.current_step}, ${rows[0]?.status})`);
      }
      await setVariant(db, variantId, 'running', stage);
      if (fault === 'die') throw new Gone();
      if (fault === 'fail') throw new Error('CUDA out of memory');
      if (typeof fault === 'object') await fault.model;
      if (fault === 'lose rows') {
        await setVariant(db, variantId, 'done', stage);
        return { overlay_id: null };
      }
      const content = await RESULTS[stage]?.(db, call);
      if (!isOneTransaction) {
        await commit(db);
        if (fault === 'die halfway') throw new Gone();
        if (fault === 'lose status') return content ?? {};
      }
      await setVariant(db, variantId, 'done', stage);
      return content ?? {};
    });
  } catch (error) {
    // Its own refusals included, and with the step as it then is; the models of the first two stages alone do not.
    if (!(error instanceof Gone) && stage !== 'yolo_detect') {
      await setVariant(pool, variantId, 'failed');
      if (stage === 'planner' && !(error instanceof Refused)) {
        await pool.query(`update jobs set status = 'failed' where job_id = $1`, [jobId]);
      }
    }
    throw error;
  }
}

const image = async (db: pg.PoolClient, type: string, jobId: string): Promise<string> =>
  (
    await db.query<{ image_asset_id: string }>(
      `insert into image_assets (image_type, image_url, width, height, job_id) values ($1, $2, 1080, 1080, $3)
       returning image_asset_id`,
      [type, `/assets/yh/${randomUUID()}.png`, jobId],
    )
  ).rows[0]?.image_asset_id as string;

const evaluation =
  (type: string) =>
  async (db: pg.PoolClient, { jobId, body }: Call) =>
    (
      await db.query(
        `insert into evaluations (job_id, overlay_id, evaluation_type, metrics) values ($1, $2, $3, '{}') returning evaluation_id`,
        [jobId, body.overlay_id, type],
      )
    ).rows[0];

const trace =
  (operation: string) =>
  async (db: pg.PoolClient, { jobId, variantId }: Call) =>
    (
      await db.query(
        `insert into vlm_traces (job_id, job_variants_id, provider, operation_type) values ($1, $2, 'llava', $3)
       returning vlm_trace_id`,
        [jobId, variantId, operation],
      )
    ).rows[0];

const RESULTS: Partial<Record<PeerStage, (db: pg.PoolClient, call: Call) => Promise<object>>> = {
  vlm_analyze: trace('analyze'),
  async yolo_detect(db, { jobId, variantId }) {
    await db.query(
      `insert into detections (job_id, image_asset_id, box, label, score)
       select $1, img_asset_id, '[100,100,500,500]', 'bowl', 0.9 from jobs_variants where job_variants_id = $2`,
      [jobId, variantId],
    );
    await db.query(
      `insert into yolo_runs (job_id, image_asset_id, detection_count)
       select $1, img_asset_id, 1 from jobs_variants where job_variants_id = $2
       on conflict (job_id) do update set detection_count = 1, updated_at = current_timestamp`,
      [jobId, variantId],
    );
    return { labels: ['bowl'] };
  },
  async planner(db, { jobId }) {
    const debugPicture = await image(db, 'planner', jobId);
    await commit(db);
    const proposals = [{ proposal_id: randomUUID(), xywh: [0.1, 0.05, 0.8, 0.18], source: 'rule_top', score: 0.9 }];
    await db.query(
      `insert into planner_proposals (image_asset_id, layout)
       select img_asset_id, $2 from job_inputs where job_id = $1 and img_asset_id is not null`,
      [jobId, JSON.stringify({ proposals, proposal_image_asset_id: debugPicture })],
    );
    return { proposals, forbidden: null };
  },
  async overlay(db, { jobId, variantId, body }) {
    const picture = await image(db, 'overlaid', jobId);
    const { rows } = await db.query<{ overlay_id: string }>(
      `insert into overlay_layouts (proposal_id, job_variants_id, layout, x_ratio, y_ratio, width_ratio, height_ratio)
       values ($1, $2, $3, 0.1, 0.05, 0.8, 0.18) returning overlay_id`,
      [body.proposal_id ?? null, variantId, JSON.stringify({ text: body.text, render: { asset_id: picture } })],
    );
    await commit(db);
    await db.query('update jobs_variants set overlaid_img_asset_id = $2 where job_variants_id = $1', [
      variantId,
      picture,
    ]);
    return { overlay_id: rows[0]?.overlay_id };
  },
  vlm_judge: trace('judge'),
  ocr_eval: evaluation('ocr'),
  readability_eval: evaluation('readability'),
  iou_eval: evaluation('iou'),
};

async function performJobStage(pool: pg.Pool, { stage, jobId, fault }: Call): Promise<object> {
  try {
    return await inSession(pool, async (db) => {
      const { rows } = await db.query<{ ad_copy_eng: string }>(
        `select ad_copy_eng from txt_ad_copy_generations
          where job_id = $1 and generation_stage = 'ad_copy_eng' and status = 'done'`,
        [jobId],
      );
      if (!rows[0]) throw new Refused('English copy not found');
      await db.query('insert into llm_traces (job_id, provider, operation_type) values ($1, $2, $3)', [
        jobId,
        'gpt',
        stage === 'ad_copy_gen_kor' ? 'eng_to_kor' : 'feed_gen',
      ]);
      if (stage === 'ad_copy_gen_kor') {
        await db.query(
          `insert into txt_ad_copy_generations (job_id, generation_stage, ad_copy_kor, status)
           values ($1, 'eng_to_kor', '따뜻한 한 그릇', 'done')`,
          [jobId],
        );
      } else {
        await db.query(
          `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
             instagram_ad_copy, hashtags) values ($1, 'test', $2, '', '', '', '오늘은 국밥', '#맛집')`,
          [jobId, rows[0].ad_copy_eng],
        );
      }
      if (fault === 'die') throw new Gone();
      if (fault === 'fail') throw new Error('the model answered 429');
      if (typeof fault === 'object') await fault.model;
      if (fault === 'lose status') return { status: 'done' };
      await db.query(
        `update jobs set current_step = $2, status = 'done', updated_at = current_timestamp where job_id = $1`,
        [jobId, stage],
      );
      return { status: 'done' };
    });
  } catch (error) {
    if (!(error instanceof Gone || error instanceof Refused)) {
      await pool.query(`update jobs set status = 'failed', updated_at = current_timestamp where job_id = $1`, [jobId]);
    }
    throw error;
  }
}
