import type { AddressInfo } from 'node:net';
import { type AssetStore, createAssetStore } from '../assets/asset-store.js';
import { effectId } from '../assets/effect-id.js';
import { createPool, type Pool } from '../db/pool.js';
import { createLocalImageProvider } from '../generation/local-provider.js';
import type { Brief } from '../brief/brief.js';
import type { Idea, IdeaKind } from '../brief/idea.js';
import type { ComposedPicture, GeneratedPicture, PictureFormat, PreparedPhoto } from '../generation/provider.js';
import type { Box } from '../imaging/geometry.js';
import { createStepCosts, type StepCosts } from './quality-costs.js';
import { createLogger } from '../log.js';
import type { Season } from '../seasons.js';
import { ENDPOINTS } from '../stage-api/endpoints.js';
import { createStageApp } from '../stages/app.js';
import { createEngines } from '../stages/engines/engines.js';
import type { LeftOut } from '../typography/text-areas.js';

const TENANT = 'quality';
const SHOP = { id: effectId('quality', 'store'), name: '한솥밥상 합정점' };
const PART = 'yh';
const STAGE_TIMEOUT = 120_000;
const STAGES = [
  'vlm_analyze',
  'yolo_detect',
  'planner',
  'overlay',
  'vlm_judge',
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
  /** Share of the drawn characters that were read back, 0..1. */
  accuracy: number;
  /** Codes of what the judge finds wrong. */
  findings: string[];
  /** Texts that had no room on the picture. */
  leftOut: string[];
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

/** Which of a job's pictures, in which tone, saying what. */
export interface Order {
  promptType: string | null;
  variant: number;
  season: Season;
  idea: Idea;
  kinds: IdeaKind[];
  format: PictureFormat;
  /** Another than the plan would choose. */
  design?: string;
}

/** The stage service in this process, on a database that holds nothing else, and rows put there as the pipeline does. */
export interface QualityBench {
  prepare(photo: Buffer): Promise<PreparedPhoto>;
  generate(prepared: PreparedPhoto, order: Order, seed: string): Promise<GeneratedPicture>;
  /** A job of a shop with a name, in the tone given; with a brief, its roles are looked for on pictures and in the post. */
  addJob(
    name: string,
    promptType: string | null,
    brief?: Brief,
    post?: { text: string; hashtags: string },
  ): Promise<string>;
  /** Takes a generated picture through the stages. */
  finish(jobId: string, prepared: PreparedPhoto, picture: GeneratedPicture, order: Order): Promise<StageFigures>;
  /** Exchanges a variant's finished picture and has it read and measured anew. */
  evaluateInstead(
    of: StageFigures,
    picture: Buffer,
    what: string,
  ): Promise<{ readText: string; accuracy: number; contrast: number }>;
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
    generate: (prepared, { promptType, variant, season, idea, kinds, format, design }, seed) =>
      costs.of('generate', () =>
        provider.generate({
          prepared,
          variantIndex: variant,
          variantCount: kinds.length,
          seed,
          family: seed,
          promptType,
          format,
          season,
          texts: idea.texts,
          kinds,
          ...(design !== undefined && { design }),
        }),
      ),
    costs,

    async addJob(name, promptType, brief, post) {
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
      if (brief)
        await pool.query('insert into pipeline.briefs (job_id, brief) values ($1, $2)', [jobId, JSON.stringify(brief)]);
      if (post)
        await pool.query('insert into pipeline.posts (job_id, tenant_id, post, hashtags) values ($1, $2, $3, $4)', [
          jobId,
          TENANT,
          post.text,
          post.hashtags,
        ]);
      return jobId;
    },

    async finish(jobId, prepared, picture, { variant, idea, format, design }) {
      // The seed of every choice the overlay makes: the same variant gets the same picture in every run.
      const variantId = effectId(jobId, `variant:${variant}:${format}:${design ?? ''}`);
      const image = await addPicture(pool, assets, jobId, picture, effectId(variantId, 'generated'));
      if (prepared.cutout) await addGeneration(pool, assets, { jobId, image, prepared, picture });
      await pool.query(
        `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
         values ($1, $2, $3, $4, 'img_gen', 'done')`,
        [variantId, jobId, image, variant],
      );
      if (picture.composed) await addComposition(pool, image, variantId, format, picture.composed);
      await pool.query('insert into pipeline.ideas (job_variants_id, idea) values ($1, $2)', [
        variantId,
        JSON.stringify(idea),
      ]);
      const ids = { job_variants_id: variantId, job_id: jobId, tenant_id: TENANT };
      let overlayId = '';
      let findings: string[] = [];
      for (const stage of STAGES) {
        const answer = await costs.of(stage, () =>
          call(stage, {
            ...ids,
            ...(stage === 'overlay' && { text: idea.texts.headline, texts: idea.texts }),
            overlay_id: overlayId,
          }),
        );
        if (stage === 'overlay') overlayId = answer.overlay_id as string;
        if (stage === 'vlm_judge') findings = codesOf(answer.findings);
      }
      return {
        variantId,
        jobId,
        overlayId,
        background: picture.png,
        findings,
        ...(await readFigures(pool, assets, overlayId, image, picture)),
      };
    },

    async evaluateInstead({ variantId, jobId, overlayId }, picture, what) {
      const size = { width: 1080, height: 1080 };
      const imageId = await addPicture(pool, assets, jobId, { png: picture, ...size }, effectId(variantId, what));
      await pool.query('update jobs_variants set overlaid_img_asset_id = $2 where job_variants_id = $1', [
        variantId,
        imageId,
      ]);
      const body = { job_variants_id: variantId, job_id: jobId, tenant_id: TENANT, overlay_id: overlayId };
      const ocr = await call('ocr_eval', body);
      const readability = await call('readability_eval', body);
      return {
        readText: ocr.recognized_text as string,
        accuracy: ocr.character_match_rate as number,
        contrast: readability.contrast_ratio as number,
      };
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
  const { width, height } = picture;
  const add = (png: Buffer, what: string) =>
    addPicture(pool, assets, jobId, { png, width, height }, effectId(image, what));
  const [cutout, mask] = await Promise.all([add(prepared.cutout as Buffer, 'cutout'), add(picture.mask, 'mask')]);
  await pool.query(
    `with run as (insert into gen_runs (job_id, tenant_id, cutout_asset_id, status) values ($1, $2, $3, 'succeeded')
                  returning run_id)
     insert into gen_variants (run_id, mask_asset_id, bg_asset_id) select run_id, $4, $5 from run`,
    [jobId, TENANT, cutout, mask, image],
  );
}

async function addPicture(
  pool: Pool,
  assets: AssetStore,
  jobId: string,
  { png, width, height }: { png: Buffer; width: number; height: number },
  id: string,
): Promise<string> {
  const { url } = await assets.publish({
    tenantId: TENANT,
    kind: 'generated',
    id,
    extension: 'png',
    bytes: png,
    date: new Date(),
  });
  await pool.query(
    `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
     values ($1, 'pbg_generated', $2, $5, $6, $3, $4)`,
    [id, url, TENANT, jobId, width, height],
  );
  return id;
}

const addComposition = (
  pool: Pool,
  image: string,
  variantId: string,
  format: PictureFormat,
  { design, textAreas, isCutOut, ...known }: ComposedPicture,
): Promise<unknown> =>
  pool.query(
    `insert into pipeline.pictures (image_asset_id, job_variants_id, design, format, text_areas, composition)
     values ($1, $2, $3, $4, $5, $6)`,
    [image, variantId, design, format, JSON.stringify(textAreas), JSON.stringify({ ...known, is_cut_out: isCutOut })],
  );

const codesOf = (findings: unknown): string[] =>
  Array.isArray(findings) ? findings.map(({ code, slot }) => (slot ? `${code} (${slot})` : String(code))) : [];

interface OverlayRow {
  layout: { font_size: number; region_source: string; render: { url: string }; left_out?: LeftOut[] };
  region: [number, number, number, number];
  metrics: { ocr: Record<string, never>; readability: Record<string, never>; iou: Record<string, never> };
}

async function readFigures(
  pool: Pool,
  assets: AssetStore,
  overlayId: string,
  imageId: string,
  { width, height }: { width: number; height: number },
): Promise<Omit<StageFigures, 'variantId' | 'jobId' | 'overlayId' | 'background' | 'findings'>> {
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
    accuracy: metrics.ocr.character_match_rate ?? 0,
    leftOut: (layout.left_out ?? []).map(({ slot }) => slot),
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
