import type { Pool } from '../../db/pool.js';
import type { Box } from '../../imaging/geometry.js';
import { type DrawnHeadline, drawHeadline, HeadlineDoesNotFitError } from '../../imaging/headline.js';
import { provenanceIn, withPngText } from '../../imaging/png-text.js';
import { signatureBand } from '../../imaging/signature.js';
import { treatmentFor, withoutEmoji } from '../../imaging/treatments.js';
import { findImageAsset, insertImageAsset, loadPicture, publishFile } from '../common/pictures.js';
import { badRequest, notFound } from '../common/refusal.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { VariantUnit } from '../common/units.js';
import { requireUuid } from '../common/uuid.js';
import { type ForbiddenPosition, rankProposals, type StoredProposal, toBox } from './choose-proposal.js';
import { findRecommendedColour, findShop } from './find-brief.js';
import type { OverlayBody } from './overlay.schema.js';

/** Where a text goes that has no proposal, and the last resort of one that fits none. */
const DEFAULT_REGION: Box = { x: 0.1, y: 0.05, width: 0.8, height: 0.18 };
/** The default of callers that chose no colour. */
const NOT_CHOSEN = 'ffffffff';

/** Share of the spare height above a text whose dish lies below it: the air belongs between the two. */
const ABOVE_DISH = 0.25;

const round4 = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Draws the text on the variant's picture, where the plan says, and records what was drawn. */
export const createOverlay = (context: StageContext): VariantStageDefinition<OverlayBody> => ({
  stage: 'overlay',
  requires: { step: 'planner', status: 'done' },
  async perform(call, body) {
    const { pool, assets, engines } = context;
    const { unit, idFor } = call;
    if (body.text.trim() === '') throw badRequest('text is empty; there is nothing to draw');
    const url = body.variant_asset_url ?? (await findImageAsset(pool, unit.imageId)).url;
    const plan = await findPlan(pool, unit, body.proposal_id ?? null);
    const recommended = await findRecommendedColour(pool, unit);
    const ranked = rankProposals(plan?.proposals ?? [], {
      text: body.text,
      seed: unit.variantId,
      position: plan?.position ?? null,
    });
    const places = [
      ...ranked.map((proposal) => ({ region: toBox(proposal.xywh), source: proposal.source })),
      { region: DEFAULT_REGION, source: 'default' },
    ];
    const colour = chosenColour(body.text_color) ?? recommended;
    const shop = await findShop(pool, unit);
    const { text, omitted } = withoutEmoji(body.text);
    if (text === '') throw badRequest('text holds nothing but emoji, which cannot be drawn');
    const treatment = treatmentFor(body.font_name ?? shop.tone, text);

    const elapsed = startStopwatch();
    const { drawn, place, origin } = await engines.onPicture(async () => {
      const { bytes, ...shape } = await loadPicture(assets, url);
      const finished = await drawWhereItFits(places, (region) =>
        drawHeadline({
          text,
          picture: bytes,
          region,
          treatment,
          ...(shop.name && {
            signature: { text: shop.name, region: signatureBand(isUp(region) ? 'bottom' : 'top', shape) },
          }),
          spareAbove: spareAbove(region, plan?.forbidden ?? null),
          ...(body.text_size != null && { maxFontSize: body.text_size }),
          ...(colour !== null && { preferredColour: colour }),
          ...(body.overlay_color != null && { backgroundColour: body.overlay_color.replace('#', '') }),
        }),
      );
      return { ...finished, origin: await provenanceIn(bytes) };
    });
    const type = { treatment: treatment.name, font: drawn.fontName, size: drawn.fontSize, place: place.source };
    const bytes = withPngText(drawn.png, { ...origin, 'feedlyai:type': JSON.stringify(type) });
    const file = await publishFile(assets, call, { what: 'final', kind: 'final', extension: 'png', bytes });
    const latency = elapsed();

    const overlayId = idFor('overlay');
    const render = { asset_id: file.id, url: file.url, width: drawn.width, height: drawn.height };
    const region = {
      x: round4(place.region.x),
      y: round4(place.region.y),
      width: round4(place.region.width),
      height: round4(place.region.height),
    };
    const margin = body.margin ?? '8px';
    const layout = {
      text: body.text,
      wrapped_text: [...drawn.lines, ...(drawn.subline?.lines ?? [])].join('\n'),
      lines: drawn.lines,
      subline: drawn.subline && { lines: drawn.subline.lines, font_size: drawn.subline.fontSize },
      x_align: body.x_align ?? 'center',
      y_align: body.y_align ?? 'top',
      text_size: body.text_size ?? null,
      font_name: drawn.fontName,
      requested_font_name: body.font_name ?? null,
      font_size: drawn.fontSize,
      font_path: drawn.fontPath,
      overlay_color: body.overlay_color ?? null,
      text_color: drawn.textColour,
      requested_text_color: body.text_color ?? null,
      recommended_text_color: recommended,
      margin,
      scrim: drawn.scrim,
      text_box: drawn.textBox,
      contrast_ratio: drawn.contrastRatio,
      region_source: place.source,
      treatment: treatment.name,
      signature: drawn.signature,
      omitted_characters: omitted,
      background_url: url,
      render,
    };
    return {
      answer: { job_id: unit.jobId, overlay_id: overlayId, render },
      result: { overlay_id: overlayId, image_asset_id: file.id },
      overlaidImageId: file.id,
      async write(client) {
        await insertImageAsset(client, {
          ...file,
          ...drawn,
          type: 'overlaid',
          tenantId: unit.tenantId,
          jobId: unit.jobId,
        });
        await client.query(
          `insert into overlay_layouts (overlay_id, proposal_id, job_variants_id, layout, x_ratio, y_ratio, width_ratio,
                                        height_ratio, text_margin, latency_ms, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp(), clock_timestamp())
           on conflict (overlay_id) do nothing`,
          [
            overlayId,
            plan?.id ?? null,
            unit.variantId,
            JSON.stringify(layout),
            region.x,
            region.y,
            region.width,
            region.height,
            margin,
            latency,
          ],
        );
      },
    };
  },
});

interface Place {
  region: Box;
  source: string;
}

/** A text too long for the best place goes to the next; only one that fits nowhere is refused. */
async function drawWhereItFits(
  places: Place[],
  draw: (region: Box) => Promise<DrawnHeadline>,
): Promise<{ drawn: DrawnHeadline; place: Place }> {
  let refusal: unknown;
  for (const place of places) {
    try {
      return { drawn: await draw(place.region), place };
    } catch (error) {
      if (!(error instanceof HeadlineDoesNotFitError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

const isUp = ({ y, height }: Box): boolean => y + height / 2 < 0.5;

const chosenColour = (requested: string | null | undefined): string | null => {
  const colour = requested?.replace('#', '').toLowerCase();
  return !colour || colour === NOT_CHOSEN ? null : colour;
};

/** Text keeps away from the dish: up when it is below, down when it is above. */
function spareAbove(region: Box, dish: Box | null): number {
  if (dish === null) return 0.5;
  const middle = region.y + region.height / 2;
  if (middle < dish.y) return ABOVE_DISH;
  return middle > dish.y + dish.height ? 1 - ABOVE_DISH : 0.5;
}

interface Plan {
  id: string;
  proposals: StoredProposal[];
  position: ForbiddenPosition | null;
  /** Box around everything forbidden, ratios. */
  forbidden: Box | null;
}

/** The plan that was asked for, else this variant's own newest, else the newest for its picture. */
async function findPlan(pool: Pool, unit: VariantUnit, wanted: string | null): Promise<Plan | undefined> {
  const { rows } =
    wanted === null
      ? await pool.query<PlanRow>(
          `select p.proposal_id, p.layout from planner_proposals p
            where p.image_asset_id = $2
            order by exists (select from pipeline.claims c where c.unit_id = $1 and c.stage = 'planner'
                               and c.result->>'proposal_id' = p.proposal_id::text) desc, p.created_at desc
            limit 1`,
          [unit.variantId, unit.imageId],
        )
      : await pool.query<PlanRow>('select proposal_id, layout from planner_proposals where proposal_id = $1', [
          requireUuid(wanted, 'proposal_id'),
        ]);
  const row = rows[0];
  if (!row && wanted !== null) throw notFound(`Proposal not found: ${wanted}`);
  return row && toPlan(row);
}

interface PlanRow {
  proposal_id: string;
  layout: { proposals?: unknown; forbidden_position?: ForbiddenPosition | null; forbidden?: unknown } | null;
}

/** Rows of other planners are read as far as they make sense. */
const toPlan = ({ proposal_id, layout }: PlanRow): Plan => ({
  id: proposal_id,
  proposals: (Array.isArray(layout?.proposals) ? layout.proposals : []).filter(isProposal).map((proposal) => ({
    ...proposal,
    source: proposal.source ?? '',
    score: proposal.score ?? 0,
    occlusion_iou: proposal.occlusion_iou ?? 0,
  })),
  position: layout?.forbidden_position ?? null,
  forbidden: isBox(layout?.forbidden) ? layout.forbidden : null,
});

const isBox = (value: unknown): value is Box => {
  const { x, y, width, height } = (value ?? {}) as Partial<Box>;
  return [x, y, width, height].every((side) => typeof side === 'number');
};

const isProposal = (value: unknown): value is StoredProposal => {
  const { xywh } = (value ?? {}) as { xywh?: unknown };
  if (!Array.isArray(xywh) || xywh.length !== 4 || !xywh.every((side) => typeof side === 'number')) return false;
  const [x, y, width, height] = xywh as [number, number, number, number];
  return x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.0001 && y + height <= 1.0001;
};
