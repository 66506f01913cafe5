import type { PictureTexts } from '../../brief/idea.js';
import { shopName } from '../../brief/shop-name.js';
import type { Box } from '../../imaging/geometry.js';
import { faceNamed, pathOfFace } from '../../imaging/fonts.js';
import { provenanceIn, withPngText } from '../../imaging/png-text.js';
import { faceByName, faceForTone } from '../../typography/faces-by-name.js';
import { findImageAsset, insertImageAsset, loadPicture, publishFile } from '../common/pictures.js';
import { badRequest } from '../common/refusal.js';
import { findAreas } from '../common/text-areas.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import { rankProposals, toBox } from './choose-proposal.js';
import { type DrawnOverlay, drawOverlay } from './draw-overlay.js';
import { findRecommendedColour, findShop } from './find-brief.js';
import { findPlan } from './find-plan.js';
import type { OverlayBody } from './overlay.schema.js';
import { canvasOf, readCanvas } from './read-canvas.js';

/** Where a text goes that has no proposal, and the last resorts of one that fits none. */
const LAST_RESORTS: readonly Box[] = [
  { x: 0.1, y: 0.05, width: 0.8, height: 0.18 },
  { x: 0.06, y: 0.05, width: 0.88, height: 0.5 },
];
/** The default of callers that chose no colour. */
const NOT_CHOSEN = 'ffffffff';

const round4 = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Draws the picture's texts where its design, or else the plan, keeps room for them, and records what was drawn. */
export const createOverlay = (context: StageContext): VariantStageDefinition<OverlayBody> => ({
  stage: 'overlay',
  requires: { step: 'planner', status: 'done' },
  async perform(call, body) {
    const { pool, assets, engines, pictures } = context;
    const { unit, idFor } = call;
    if (body.text.trim() === '') throw badRequest('text is empty; there is nothing to draw');
    const url = body.variant_asset_url ?? (await findImageAsset(pool, unit.imageId)).url;
    const [plan, recommended, shop, areas] = await Promise.all([
      findPlan(pool, unit, body.proposal_id ?? null),
      findRecommendedColour(pool, unit),
      findShop(pool, unit),
      // A caller who brings another picture knows where its text may go; our plan for ours says nothing of it.
      body.variant_asset_url == null ? findAreas(pool, unit.imageId) : undefined,
    ]);
    const ranked = rankProposals(plan?.proposals ?? [], {
      text: body.text,
      seed: unit.variantId,
      position: plan?.position ?? null,
    });

    const elapsed = startStopwatch();
    const { drawn, origin } = await engines.onPicture(async () => {
      // Ours was decoded for the stages before and is small; of others every pixel is kept, whatever their size.
      const picture = areas
        ? await canvasOf(await pictures.load(url))
        : await readCanvas((await loadPicture(assets, url)).bytes);
      const logo = body.logo_url == null ? undefined : await findLogo(context, body.logo_url);
      const finished = await drawOverlay({
        picture,
        texts: textsOf(body, shop.name),
        headlineScale: body.headline_scale ?? 1,
        logo,
        areas: withFace(areas, body.font_name),
        places: [
          ...ranked.map((proposal) => ({ region: toBox(proposal.xywh), source: proposal.source })),
          ...LAST_RESORTS.map((region) => ({ region, source: 'default' })),
        ],
        wish: {
          colour: chosenColour(body.text_color) ?? recommended,
          ground: body.overlay_color ?? null,
          largest: body.text_size ?? null,
          face: faceByName(body.font_name) ?? faceForTone(shop.tone),
        },
      });
      return { drawn: finished, origin: await provenanceIn(await assets.read(url)) };
    });
    const headline = headlineOf(drawn);
    const type = { font: headline.fontName, size: headline.fontSize, place: drawn.place.source };
    const bytes = withPngText(drawn.png, { ...origin, 'feedlyai:type': JSON.stringify(type) });
    const file = await publishFile(assets, call, { what: 'final', kind: 'final', extension: 'png', bytes });
    const latency = elapsed();

    const overlayId = idFor('overlay');
    const render = { asset_id: file.id, url: file.url, width: drawn.width, height: drawn.height };
    const region = rounded(drawn.place.region);
    const margin = body.margin ?? '8px';
    const layout = { ...layoutOf(body, drawn), recommended_text_color: recommended, background_url: url, render };
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

/** A logo that cannot be had is no reason to withhold an advertisement. */
const findLogo = ({ assets, log }: StageContext, url: string): Promise<Buffer | undefined> =>
  assets.read(url).catch((error: unknown) => {
    log.warn({ err: error }, 'the logo cannot be read; drawing without it');
    return undefined;
  });

/** A caller who sends only `text` gets what he sends: its first line large, what follows below it, and the shop's name. */
function textsOf({ text, texts }: OverlayBody, shop: string | null): PictureTexts {
  if (texts) return { ...texts, headline: text };
  const [headline = '', ...rest] = text
    .split(/[\r\n\u2028\u2029]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const name = shop === null ? undefined : shopName(shop);
  return { headline, ...(rest.length > 0 && { line: rest.join(' ') }), ...(name !== undefined && { shop: name }) };
}

/** A caller's face takes the design's place. */
function withFace(areas: Awaited<ReturnType<typeof findAreas>>, name: string | null | undefined) {
  const face = faceByName(name);
  return areas && face ? { ...areas, look: { ...areas.look, headline: face } } : areas;
}

const chosenColour = (requested: string | null | undefined): string | null => {
  const colour = requested?.replace('#', '').toLowerCase();
  return !colour || colour === NOT_CHOSEN ? null : colour;
};

const headlineOf = ({ elements }: DrawnOverlay) => {
  const headline = elements.find(({ slot }) => slot === 'headline');
  if (!headline) throw new Error('the headline was not drawn');
  return headline;
};

const rounded = ({ x, y, width, height }: Box): Box => ({
  x: round4(x),
  y: round4(y),
  width: round4(width),
  height: round4(height),
});

/** What is recorded of the drawing: the contract's fields tell of the headline, `elements` of everything. */
function layoutOf(body: OverlayBody, drawn: DrawnOverlay) {
  const headline = headlineOf(drawn);
  const face = faceNamed(headline.fontName);
  const subline = drawn.elements.find(({ slot }) => slot === 'line');
  return {
    text: body.text,
    wrapped_text: [...headline.lines, ...(body.texts ? [] : (subline?.lines ?? []))].join('\n'),
    lines: headline.lines,
    subline: subline ? { lines: subline.lines, font_size: subline.fontSize } : null,
    x_align: body.x_align ?? 'center',
    y_align: body.y_align ?? 'top',
    text_size: body.text_size ?? null,
    font_name: headline.fontName,
    requested_font_name: body.font_name ?? null,
    font_size: headline.fontSize,
    font_path: face && pathOfFace(face),
    overlay_color: body.overlay_color ?? null,
    text_color: `${headline.colour.toUpperCase()}FF`,
    requested_text_color: body.text_color ?? null,
    margin: body.margin ?? '8px',
    text_box: headline.box,
    contrast_ratio: headline.contrastRatio,
    region_source: drawn.place.source,
    elements: drawn.elements,
    left_out: drawn.leftOut,
    omitted_characters: drawn.omitted,
  };
}
