import type { Box } from '../../imaging/geometry.js';
import type { Pool } from '../../db/pool.js';
import { shrinkRaster } from '../../imaging/picture.js';
import { sharp } from '../../imaging/sharp.js';
import { findDetections, toBox } from '../common/detections.js';
import { findImageAsset, findImageAssetByUrl, insertImageAsset, loadPicture, publishFile } from '../common/pictures.js';
import type { StageContext } from '../common/stage-context.js';
import { findAreas } from '../common/text-areas.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { VariantUnit } from '../common/units.js';
import { designedPlaces } from './candidates.js';
import { drawDebugPicture } from './debug-picture.js';
import { surveyGround } from './ground.js';
import { type PlanLimits, planProposals, type Proposal } from './plan.js';
import type { PlannerBody, ProposalItem } from './planner.schema.js';

/** Long side of the grid on which places are searched. */
const GRID_SIDE = 240;
const TEXT_COLOUR = '0d0d0dff';
const TEXT_SIZE = 32;

const round = (value: number, digits = 4): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** Finds where on the variant's own picture a headline can stand. */
export const createPlanner = (context: StageContext): VariantStageDefinition<PlannerBody> => ({
  stage: 'planner',
  requires: { step: 'yolo_detect', status: 'done' },
  async perform(call, body) {
    const { pool, assets, engines, pictures } = context;
    const { unit, idFor } = call;
    const own = body.asset_url && !unit.imageId ? undefined : await findImageAsset(pool, unit.imageId);
    const imageId = own?.id ?? (await findImageAssetByUrl(pool, body.asset_url ?? ''))?.id ?? null;
    const url = body.asset_url ?? (own as { url: string }).url;
    const areas = own?.url === url ? await findAreas(pool, imageId) : undefined;
    const known = await findForbidden(context, unit, imageId, body);
    const limits: PlanLimits = {
      minWidth: body.min_overlay_width ?? 0.5,
      minHeight: body.min_overlay_height ?? 0.12,
      maxProposals: body.max_proposals ?? 10,
      maxForbiddenIou: body.max_forbidden_iou ?? 0.05,
    };

    const elapsed = startStopwatch();
    const { ground, proposals, debug } = await engines.onPicture(async () => {
      const picture = await pictures.load(url);
      const raster = await shrinkRaster(picture, GRID_SIDE);
      const survey = surveyGround({
        raster,
        mask: await readMask(context, known.maskUrl, raster, body.detections?.forbidden_mask_url != null),
        placed: inverted(await readMask(context, known.backgroundMaskUrl, raster, false)),
        boxes: known.corners.map((corners) => toRatioBox(corners, picture.source)),
      });
      const planned = planProposals(survey, limits, areas && designedPlaces(areas));
      return { ground: survey, proposals: planned, debug: await drawDebugPicture(picture, survey, planned) };
    });
    const file = await publishFile(assets, call, {
      what: 'planner_image',
      kind: 'planner',
      extension: 'png',
      bytes: debug.png,
    });
    const latency = elapsed();

    const proposalId = idFor('proposal');
    const items = proposals.map((proposal, index) => toItem(proposal, idFor(`proposal:${index}`)));
    const layout = {
      proposals: items,
      forbidden: ground.forbidden && mapBox(ground.forbidden),
      forbidden_position: positionOf(ground.forbidden),
      min_overlay_width: limits.minWidth,
      min_overlay_height: limits.minHeight,
      max_proposals: limits.maxProposals,
      max_forbidden_iou: limits.maxForbiddenIou,
      proposal_image_asset_id: file.id,
      proposal_image_url: file.url,
    };
    return {
      answer: {
        job_id: unit.jobId,
        proposal_id: imageId ? proposalId : null,
        proposals: items,
        forbidden: layout.forbidden,
      },
      result: { proposal_id: imageId ? proposalId : null },
      async write(client) {
        await insertImageAsset(client, {
          ...file,
          ...debug,
          type: 'planner',
          tenantId: unit.tenantId,
          jobId: unit.jobId,
        });
        if (!imageId) return;
        await client.query(
          `insert into planner_proposals (proposal_id, image_asset_id, layout, latency_ms, created_at, updated_at)
           values ($1, $2, $3, $4, clock_timestamp(), clock_timestamp()) on conflict (proposal_id) do nothing`,
          [proposalId, imageId, JSON.stringify(layout), latency],
        );
      },
    };
  },
});

interface Forbidden {
  /** x1, y1, x2, y2 in pixels. */
  corners: [number, number, number, number][];
  /** 255 = forbidden. */
  maskUrl: string | null;
  /** 255 = background, everything else is the dish: what the generation put there, when it says so. */
  backgroundMaskUrl: string | null;
}

/** The caller's detections when given, else this variant's own. */
async function findForbidden(
  { pool }: StageContext,
  unit: VariantUnit,
  imageId: string | null,
  { detections }: PlannerBody,
): Promise<Forbidden> {
  if (detections) {
    const corners = (detections.boxes ?? []).map(toBox).filter((box) => box !== undefined);
    return { corners, maskUrl: detections.forbidden_mask_url ?? null, backgroundMaskUrl: null };
  }
  if (!imageId) return { corners: [], maskUrl: null, backgroundMaskUrl: null };
  const [found, backgroundMaskUrl] = await Promise.all([
    findDetections(pool, unit, imageId),
    findBackgroundMask(pool, imageId),
  ]);
  return { corners: found.detections.map(({ corners }) => corners), maskUrl: found.maskUrl, backgroundMaskUrl };
}

/**
 * Who cut the dish out and placed it knows where it is, which a white plate on a white ground hides from every detector.
 * Null for a picture that was not made from a cut-out: there the mask is the photo's frame.
 */
async function findBackgroundMask(pool: Pool, imageId: string): Promise<string | null> {
  const { rows } = await pool.query<{ image_url: string }>(
    `select m.image_url
       from gen_variants v join gen_runs r on r.run_id = v.run_id join image_assets m on m.image_asset_id = v.mask_asset_id
      where v.bg_asset_id = $1 and r.cutout_asset_id is not null
      limit 1`,
    [imageId],
  );
  return rows[0]?.image_url ?? null;
}

/**
 * The mask at the grid's size. A mask of ours that is gone is no reason to stop: the boxes still say where the dish is.
 * One that the caller named must be there.
 */
async function readMask(
  { assets, log }: StageContext,
  maskUrl: string | null,
  grid: { width: number; height: number },
  isCallers: boolean,
): Promise<Uint8Array | null> {
  if (!maskUrl) return null;
  try {
    const { bytes } = await loadPicture(assets, maskUrl);
    const { data } = await sharp(bytes)
      .resize(grid.width, grid.height, { fit: 'fill', kernel: 'nearest' })
      .greyscale()
      .toColourspace('b-w')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return Uint8Array.from(data, (value) => (value >= 128 ? 255 : 0));
  } catch (error) {
    if (isCallers) throw error;
    log.warn({ err: error, maskUrl }, 'a mask cannot be read; planning without it');
    return null;
  }
}

const inverted = (mask: Uint8Array | null): Uint8Array | null => mask && mask.map((value) => 255 - value);

const toRatioBox = (
  [x1, y1, x2, y2]: [number, number, number, number],
  { width, height }: { width: number; height: number },
): Box => ({
  x: x1 / width,
  y: y1 / height,
  width: (x2 - x1) / width,
  height: (y2 - y1) / height,
});

const mapBox = ({ x, y, width, height }: Box): Box => ({
  x: round(x),
  y: round(y),
  width: round(width),
  height: round(height),
});

/** Where the forbidden area lies; the overlay prefers the side away from it. */
const positionOf = (box: Box | null) => {
  if (!box) return null;
  const centerX = round(box.x + box.width / 2);
  const centerY = round(box.y + box.height / 2);
  return {
    center_x: centerX,
    center_y: centerY,
    is_center_x: centerX > 0.35 && centerX < 0.65,
    is_top_y: centerY < 0.4,
    is_bottom_y: centerY > 0.6,
  };
};

const toItem = ({ box, source, score, occlusionIou, coverage, detail, area }: Proposal, id: string): ProposalItem => ({
  proposal_id: id,
  xywh: [box.x, box.y, box.width, box.height],
  source,
  color: TEXT_COLOUR,
  size: TEXT_SIZE,
  score: round(score),
  occlusion_iou: round(occlusionIou),
  ...(area !== undefined && { area: round(area) }),
  coverage: round(coverage),
  detail: round(detail),
});
