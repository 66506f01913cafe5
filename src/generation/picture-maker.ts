import type { Claim } from '../../activities/claims.js';
import { BadInput } from '../../activities/failures.js';
import type { PictureMaker } from '../../activities/picture.js';
import { effectKey } from '../../workflows/contract.js';
import { AssetMissingError, AssetPathError, type AssetStore } from '../assets/asset-store.js';
import { effectId } from '../assets/effect-id.js';
import { inTransaction, type Pool } from '../db/pool.js';
import { UnreadableImageError } from '../imaging/picture.js';
import type { GeneratedPicture, GenerationRequest, ImageProvider } from './provider.js';

export interface PictureMakerSettings {
  pool: Pool;
  assets: AssetStore;
  provider: ImageProvider;
}

interface Order {
  source_url: string | null;
  prompt_type: string | null;
  placement_preset_id: string | null;
  x: number | null;
  y: number | null;
  size: number | null;
}

/** Makes a variant's picture with the configured provider and records it as contract §8 does. */
export const createPictureMaker = ({ pool, assets, provider }: PictureMakerSettings): PictureMaker => ({
  async make(claim, signal) {
    const {
      source_asset_id: sourceId,
      variant_index: index,
      variant_count: count,
    } = claim.inputs as {
      source_asset_id: string | null;
      variant_index: number;
      variant_count: number;
    };
    const order = await readOrder(pool, claim, sourceId, index);
    const photo = await readPhoto(assets, order?.source_url ?? null);
    const key = effectKey(claim.unitId, 'img_gen', claim.generation);
    const started = performance.now();
    const picture = await generate(
      provider,
      photo,
      {
        variantIndex: index,
        variantCount: count,
        seed: key,
        format: 'square',
        promptType: order?.prompt_type ?? null,
        ...(order?.x != null &&
          order.y != null &&
          order.size != null && {
            placement: { x: order.x, y: order.y, size: order.size },
          }),
      },
      signal,
    );
    const file = await assets.publish({
      tenantId: claim.tenantId,
      kind: 'generated',
      id: effectId(key, 'picture'),
      extension: '.png',
      bytes: picture.png,
      date: claim.openedAt,
    });
    const latency = performance.now() - started;
    await record(pool, claim, {
      key,
      url: file.url,
      sourceId,
      index,
      picture,
      latency,
      presetId: order?.placement_preset_id ?? null,
    });
  },
});

async function readOrder(pool: Pool, claim: Claim, sourceId: string | null, index: number): Promise<Order | undefined> {
  const { rows } = await pool.query<Order>(
    `select a.image_url as source_url, t.eng_name as prompt_type, p.placement_preset_id,
            p.x::float8 as x, p.y::float8 as y, p.size::float8 as size
       from jobs j
       left join image_assets a on a.image_asset_id = $2
       left join job_inputs i on i.job_id = j.job_id
       left join tone_styles t on t.tone_style_id = i.tone_style_id
       left join pbg_placement_presets p on p.prompt_type = t.eng_name and p.preset_order = 1 + ($3::integer - 1) % 3
      where j.job_id = $1`,
    [claim.jobId, sourceId, index],
  );
  return rows[0];
}

async function readPhoto(assets: AssetStore, url: string | null): Promise<Buffer> {
  if (!url) throw new BadInput('the variant has no source picture');
  try {
    return await assets.read(url);
  } catch (error) {
    if (error instanceof AssetPathError) throw new BadInput(`the source picture ${url} is no usable asset URL`);
    if (error instanceof AssetMissingError) throw new BadInput(`the source picture ${url} is missing`);
    throw error;
  }
}

async function generate(
  provider: ImageProvider,
  photo: Buffer,
  request: Omit<GenerationRequest, 'prepared'>,
  signal: AbortSignal,
): Promise<GeneratedPicture> {
  try {
    const prepared = await provider.prepare(photo, { signal });
    return await provider.generate({ ...request, prepared }, signal);
  } catch (error) {
    if (error instanceof UnreadableImageError) throw new BadInput(`the source picture: ${error.message}`);
    throw error;
  }
}

interface Made {
  key: string;
  url: string;
  sourceId: string | null;
  index: number;
  picture: GeneratedPicture;
  latency: number;
  presetId: string | null;
}

/** Rows and `(img_gen, done)` in one transaction; without the newest token nothing is written. */
async function record(pool: Pool, claim: Claim, made: Made): Promise<void> {
  const { picture, key } = made;
  const pictureId = effectId(key, 'picture');
  // One run for all pictures of a job's generation, as YE has it; whichever variant comes first makes it.
  const runId = effectId(`${claim.jobId}:${claim.generation}`, 'gen_run');
  await inTransaction(pool, async (db) => {
    const { rowCount } = await db.query(
      `select from jobs_variants v join pipeline.claims c on c.unit_id = v.job_variants_id
        where v.job_variants_id = $1 and c.stage = 'img_gen' and c.generation = $2 and c.token = $3 and c.state = 'open'
          for no key update of v, c`,
      [claim.unitId, claim.generation, claim.token],
    );
    if (rowCount === 0) throw new Error('the claim was taken over by another attempt');
    await db.query(
      `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
       values ($1, 'pbg_generated', $2, $3, $4, $5, $6) on conflict (image_asset_id) do nothing`,
      [pictureId, made.url, picture.width, picture.height, claim.tenantId, claim.jobId],
    );
    await db.query(
      `insert into gen_runs (run_id, job_id, tenant_id, src_asset_id, model_id, prompt_version, bg_width, bg_height, status)
       values ($1, $2, $3, $4, (select model_id from gen_models where name = $5 limit 1), 'v1', $6, $7, 'running')
       on conflict (run_id) do nothing`,
      [runId, claim.jobId, claim.tenantId, made.sourceId, picture.engine.name, picture.width, picture.height],
    );
    await db.query(
      `insert into gen_variants (gen_variant_id, run_id, index, bg_asset_id, placement_preset_id, prompt_en, infer_ms, latency_ms)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (gen_variant_id) do nothing`,
      [
        effectId(key, 'gen_variant'),
        runId,
        made.index,
        pictureId,
        made.presetId,
        picture.prompt,
        picture.milliseconds,
        made.latency,
      ],
    );
    await db.query(
      `update gen_runs g
          set status = case when made.pictures >= wanted.variants then 'succeeded' else 'running' end,
              finished_at = case when made.pictures >= wanted.variants then clock_timestamp() end,
              latency_ms = made.latency_ms
         from (select count(*) as pictures, sum(latency_ms) as latency_ms from gen_variants where run_id = $1) made,
              (select count(*) as variants from jobs_variants where job_id = $2) wanted
        where g.run_id = $1`,
      [runId, claim.jobId],
    );
    await db.query(
      `update jobs_variants
          set img_asset_id = $2, current_step = 'img_gen', status = 'done', updated_at = clock_timestamp()
        where job_variants_id = $1`,
      [claim.unitId, pictureId],
    );
    await db.query(
      `update pipeline.claims set state = 'done', result = jsonb_build_object('image_asset_id', $4::text),
              updated_at = clock_timestamp()
        where unit_id = $1 and stage = 'img_gen' and generation = $2 and token = $3`,
      [claim.unitId, claim.generation, claim.token, pictureId],
    );
  });
}
