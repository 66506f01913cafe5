import type { PoolClient } from '../../db/pool.js';
import { toCorners } from '../../imaging/geometry.js';
import { findKnownDish } from '../common/known-dish.js';
import { findImageAsset, findImageAssetByUrl, type ImageAsset, publishFile } from '../common/pictures.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { DetectionResult } from '../engines/detection.js';
import { detectionOf } from './placed-dish.js';
import type { YoloDetectBody } from './yolo-detect.schema.js';

const DEFAULT_MODEL = 'forbidden';
/** Who says where the dish is when nobody had to look for it. */
const COMPOSITION = { provider: 'local-composer', model: 'composition' };

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/**
 * Finds what the text must not cover, on pictures of ours where the composition put it; leaves boxes, a mask and a record of this variant's own findings.
 */
export const createYoloDetect = (context: StageContext): VariantStageDefinition<YoloDetectBody> => ({
  stage: 'yolo_detect',
  async perform(call, body) {
    const { pool, assets, engines, pictures } = context;
    const { unit, idFor, generation } = call;
    // A URL nobody has registered is looked at all the same, but there is no row its boxes could hang on.
    const asset: ImageAsset | undefined = body.asset_url
      ? await findImageAssetByUrl(pool, body.asset_url)
      : await findImageAsset(pool, unit.imageId);
    const url = body.asset_url ?? (asset as ImageAsset).url;
    const known = asset && (await findKnownDish(pool, asset.id));
    const elapsed = startStopwatch();
    const { found, source } = await engines.onPicture(async () => {
      const placed = known && (await detectionOf(context, known, asset));
      if (placed) return { found: placed, source: COMPOSITION };
      const { provider, model } = engines.detection;
      return { found: await engines.detection.detect(await pictures.load(url)), source: { provider, model } };
    });
    const latency = elapsed();

    const items = itemsOf(found);
    const detectionIds = items.map((_, index) => idFor(`detection:${index}`));
    const mask = await publishFile(assets, call, {
      what: 'forbidden_mask',
      kind: 'forbidden_mask',
      extension: 'png',
      bytes: found.maskPng,
    });
    const listing = items.map(({ label, confidence, bbox }) => ({ label, confidence, bbox }));
    // The contract puts the listing next to its mask; it bears the mask's name.
    await publishFile(assets, call, {
      what: 'forbidden_mask',
      kind: 'forbidden_mask',
      extension: 'json',
      bytes: Buffer.from(`${JSON.stringify({ forbidden_mask_url: mask.url, detections: listing }, null, 2)}\n`),
    });
    const modelName = body.model ?? (source === COMPOSITION ? COMPOSITION.model : DEFAULT_MODEL);

    const write = async (client: PoolClient): Promise<void> => {
      if (!asset) return;
      await forgetEarlierFindings(client, unit.variantId, generation);
      for (const [index, item] of items.entries()) {
        await client.query(
          `insert into detections (detection_id, image_asset_id, job_id, box, label, score, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, clock_timestamp(), clock_timestamp()) on conflict (detection_id) do nothing`,
          [detectionIds[index], asset.id, unit.jobId, JSON.stringify(item.box), item.label, item.confidence],
        );
      }
      await client.query(
        `insert into pipeline.detection_runs (job_variants_id, generation, image_asset_id, mask_url, detection_ids)
         values ($1, $2, $3, $4, $5)
         on conflict (job_variants_id, generation) do update
           set image_asset_id = excluded.image_asset_id, mask_url = excluded.mask_url,
               detection_ids = excluded.detection_ids, created_at = clock_timestamp()`,
        [unit.variantId, generation, asset.id, mask.url, detectionIds],
      );
      // One row per job is the contract's shape; it tells of the variant that came last and names the first's picture.
      await client.query(
        `insert into yolo_runs as y (yolo_run_id, job_id, image_asset_id, forbidden_mask_url, model_name, detection_count,
                                     latency_ms, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp())
         on conflict (job_id) do update
           set forbidden_mask_url = excluded.forbidden_mask_url, model_name = excluded.model_name,
               detection_count = excluded.detection_count, latency_ms = excluded.latency_ms, updated_at = clock_timestamp()`,
        [idFor('yolo_run'), unit.jobId, asset.id, mask.url, modelName, items.length, latency],
      );
    };

    return {
      answer: {
        job_id: unit.jobId,
        detection_ids: asset ? detectionIds : [],
        boxes: items.map(({ box }) => box),
        model: modelName,
        confidences: items.map(({ confidence }) => confidence),
        classes: items.map(({ label }) => [...new Set(items.map((item) => item.label))].indexOf(label)),
        labels: items.map(({ label }) => label),
        areas: items.map(({ areaShare }) => areaShare),
        widths: items.map(({ box: [x1, , x2] }) => round(x2 - x1, 2)),
        heights: items.map(({ box: [, y1, , y2] }) => round(y2 - y1, 2)),
        forbidden_mask_url: mask.url,
        detections: listing,
        provider: source.provider,
        engine: source.model,
      },
      result: { detection_ids: asset ? detectionIds : [], mask_url: mask.url },
      write,
    };
  },
});

interface Item {
  label: string;
  confidence: number;
  /** x1, y1, x2, y2 in pixels. */
  box: [number, number, number, number];
  /** x, y, width, height in ratios. */
  bbox: [number, number, number, number];
  areaShare: number;
}

const itemsOf = ({ objects, width, height }: DetectionResult): Item[] =>
  objects.map(({ label, confidence, box, areaShare }) => ({
    label,
    confidence: round(confidence, 4),
    box: toCorners(box).map((side) => round(side, 2)) as Item['box'],
    bbox: [box.x / width, box.y / height, box.width / width, box.height / height].map((side) =>
      round(side, 6),
    ) as Item['bbox'],
    areaShare: round(areaShare, 6),
  }));

/** A detection repeated by hand within one generation replaces its first findings; counted twice they would distort. */
async function forgetEarlierFindings(client: PoolClient, variantId: string, generation: number): Promise<void> {
  await client.query(
    `delete from detections where detection_id in (
       select unnest(detection_ids) from pipeline.detection_runs where job_variants_id = $1 and generation = $2)`,
    [variantId, generation],
  );
}
