import type { AddressInfo } from 'node:net';
import { type AssetStore, createAssetStore } from '../assets/asset-store.js';
import { effectId } from '../assets/effect-id.js';
import { createPool, type Pool } from '../db/pool.js';
import { createLocalImageProvider } from '../generation/local-provider.js';
import type { GeneratedPicture, PreparedPhoto } from '../generation/provider.js';
import type { Box } from '../imaging/geometry.js';
import { createStepCosts, type StepCosts } from './quality-costs.js';
import { createLogger } from '../log.js';
import type { Season } from '../seasons.js';
import { ENDPOINTS } from '../stage-api/endpoints.js';
import { createStageApp } from '../stages/app.js';
import { createEngines } from '../stages/engines/engines.js';

const TENANT = 'quality';
const SHOP = { id: effectId('quality', 'store'), name: '한솥밥상 합정점' };
const PART = 'yh';
const STAGE_TIMEOUT = 120_000;
/** Judging the picture decides nothing the figures show. */
const STAGES = [
  'vlm_analyze',
  'yolo_detect',
  'planner',
  'overlay',
  'ocr_eval',
  'readability_eval',
  'iou_eval',
] as const;

/** What the stages left in their rows about one finished picture. */
export interface StageFigures {
  variantId: string;
  jobId: string;
  overlayId: string;
  /** The finished picture and the one before the text. */
  finished: Buffer;
  background: Buffer;
  readText: string;
  worstContrast: number;
  meetsAA: boolean;
  /** Tight box of the letters as found in the picture, shares; null when none were found. */
  inkBox: Box | null;
  /** The box that was planned for the text, shares. */
  region: Box;
  fontSize: number;
  /** Which of the planner's places was taken. */
  place: string;
  /** Detected dishes, shares. */
  detected: Box[];
  iouWithFood: number;
}

/** Which of the three pictures of a job in which tone. */
export interface Order {
  promptType: string | null;
  variant: number;
  season: Season;
}

/** The stage service in this process, on a database that holds nothing else, and rows put there as the pipeline does. */
export interface QualityBench {
  prepare(photo: Buffer): Promise<PreparedPhoto>;
  generate(prepared: PreparedPhoto, order: Order, seed: string): Promise<GeneratedPicture>;
  /** A job of a shop with a name, in the tone given. */
  addJob(name: string, promptType: string | null): Promise<string>;
  /** Takes a generated picture through the stages. */
  finish(
    jobId: string,
    prepared: PreparedPhoto,
    picture: GeneratedPicture,
    variantIndex: number,
    headline: string,
  ): Promise<StageFigures>;
  /** Exchanges a variant's finished picture and has it read and measured anew. */
  evaluateInstead(of: StageFigures, picture: Buffer, what: string): Promise<{ readText: string; contrast: number }>;
  /** What each step took so far. */
  readonly costs: StepCosts;
  close(): Promise<void>;
}

export async function openQualityBench(settings: { databaseUrl: string; assetsDir: string }): Promise<QualityBench> {
  const log = createLogger('quality', 'error');
  const pool = createPool({ url: settings.databaseUrl, name: 'quality', size: 4, log });
  const assets = createAssetStore({ root: settings.assetsDir, partName: PART });
  const engines = createEngines({ ocrWorkers: 1 });
  const app = await createStageApp({ pool, assets, engines, log, partName: PART, timeout: STAGE_TIMEOUT });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  await pool.query('insert into tenants (tenant_id) values ($1) on conflict do nothing', [TENANT]);
  const provider = createLocalImageProvider();
  const costs = createStepCosts();

  const call = async (stage: (typeof STAGES)[number], body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`http://127.0.0.1:${port}${ENDPOINTS[stage]}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${stage} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };

  return {
    prepare: (photo) => costs.of('prepare', () => provider.prepare(photo, {})),
    generate: (prepared, { promptType, variant, season }, seed) =>
      costs.of('generate', () =>
        provider.generate({
          prepared,
          variantIndex: variant,
          variantCount: 3,
          seed,
          promptType,
          format: 'square',
          season,
        }),
      ),
    costs,

    async addJob(name, promptType) {
      const jobId = effectId(`${name}/${promptType}`, 'job');
      await pool.query(
        `with shop as (insert into stores (store_id, title) values ($3, $4) on conflict do nothing)
         insert into jobs (job_id, tenant_id, store_id, status, current_step) values ($1, $2, $3, 'done', 'user_img_input')`,
        [jobId, TENANT, SHOP.id, SHOP.name],
      );
      await pool.query(
        `insert into job_inputs (job_id, tone_style_id)
         values ($1, (select tone_style_id from tone_styles where eng_name = $2 limit 1))`,
        [jobId, promptType],
      );
      return jobId;
    },

    async finish(jobId, prepared, picture, variantIndex, headline) {
      // The seed of every choice the overlay makes: the same variant gets the same picture in every run.
      const variantId = effectId(jobId, `variant:${variantIndex}`);
      const image = await addPicture(pool, assets, jobId, picture.png, effectId(variantId, 'generated'));
      if (prepared.cutout) await addGeneration(pool, assets, { jobId, image, prepared, picture });
      await pool.query(
        `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
         values ($1, $2, $3, $4, 'img_gen', 'done')`,
        [variantId, jobId, image, variantIndex],
      );
      const ids = { job_variants_id: variantId, job_id: jobId, tenant_id: TENANT };
      let overlayId = '';
      for (const stage of STAGES) {
        const answer = await costs.of(stage, () =>
          call(stage, { ...ids, ...(stage === 'overlay' && { text: headline }), overlay_id: overlayId }),
        );
        if (stage === 'overlay') overlayId = answer.overlay_id as string;
      }
      return {
        variantId,
        jobId,
        overlayId,
        background: picture.png,
        ...(await readFigures(pool, assets, overlayId, image, picture)),
      };
    },

    async evaluateInstead({ variantId, jobId, overlayId }, picture, what) {
      const imageId = await addPicture(pool, assets, jobId, picture, effectId(variantId, what));
      await pool.query('update jobs_variants set overlaid_img_asset_id = $2 where job_variants_id = $1', [
        variantId,
        imageId,
      ]);
      const body = { job_variants_id: variantId, job_id: jobId, tenant_id: TENANT, overlay_id: overlayId };
      const ocr = await call('ocr_eval', body);
      const readability = await call('readability_eval', body);
      return { readText: ocr.recognized_text as string, contrast: readability.contrast_ratio as number };
    },

    async close() {
      await app.close();
      await engines.close();
      await pool.end();
    },
  };
}

/** The rows in which the generation says from which cut-out it made the picture, and where it put it. */
async function addGeneration(
  pool: Pool,
  assets: AssetStore,
  made: { jobId: string; image: string; prepared: PreparedPhoto; picture: GeneratedPicture },
): Promise<void> {
  const { jobId, image, prepared, picture } = made;
  const add = (bytes: Buffer, what: string) => addPicture(pool, assets, jobId, bytes, effectId(image, what));
  const [cutout, mask] = await Promise.all([add(prepared.cutout as Buffer, 'cutout'), add(picture.mask, 'mask')]);
  await pool.query(
    `with run as (insert into gen_runs (job_id, tenant_id, cutout_asset_id, status) values ($1, $2, $3, 'succeeded')
                  returning run_id)
     insert into gen_variants (run_id, mask_asset_id, bg_asset_id) select run_id, $4, $5 from run`,
    [jobId, TENANT, cutout, mask, image],
  );
}

async function addPicture(pool: Pool, assets: AssetStore, jobId: string, bytes: Buffer, id: string): Promise<string> {
  const { url } = await assets.publish({
    tenantId: TENANT,
    kind: 'generated',
    id,
    extension: 'png',
    bytes,
    date: new Date(),
  });
  await pool.query(
    `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
     values ($1, 'pbg_generated', $2, 1080, 1080, $3, $4)`,
    [id, url, TENANT, jobId],
  );
  return id;
}

interface OverlayRow {
  layout: { font_size: number; region_source: string; render: { url: string } };
  region: [number, number, number, number];
  metrics: { ocr: Record<string, never>; readability: Record<string, never>; iou: Record<string, never> };
}

async function readFigures(
  pool: Pool,
  assets: AssetStore,
  overlayId: string,
  imageId: string,
  { width, height }: { width: number; height: number },
): Promise<Omit<StageFigures, 'variantId' | 'jobId' | 'overlayId' | 'background'>> {
  const { rows } = await pool.query<OverlayRow>(
    `select layout, array[x_ratio, y_ratio, width_ratio, height_ratio]::float8[] as region,
            (select jsonb_object_agg(evaluation_type, metrics) from evaluations e where e.overlay_id = o.overlay_id) as metrics
       from overlay_layouts o where overlay_id = $1`,
    [overlayId],
  );
  const { layout, region, metrics } = rows[0] as OverlayRow;
  const { rows: detections } = await pool.query<{ box: [number, number, number, number] }>(
    'select box from detections where image_asset_id = $1',
    [imageId],
  );
  const [x, y, wide, tall] = region;
  return {
    finished: await assets.read(layout.render.url),
    readText: metrics.ocr.recognized_text ?? '',
    worstContrast: metrics.readability.worst_contrast_ratio ?? 0,
    meetsAA: metrics.readability.wcag_aa_compliant ?? false,
    inkBox: metrics.readability.text_box ?? null,
    region: { x, y, width: wide, height: tall },
    fontSize: layout.font_size,
    place: layout.region_source,
    detected: detections.map(({ box: [x1, y1, x2, y2] }) => ({
      x: x1 / width,
      y: y1 / height,
      width: (x2 - x1) / width,
      height: (y2 - y1) / height,
    })),
    iouWithFood: metrics.iou.iou_with_food ?? 0,
  };
}
