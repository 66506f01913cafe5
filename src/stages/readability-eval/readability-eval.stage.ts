import { parseHexColour, toHex } from '../../imaging/colour.js';
import type { Rgb } from '../../imaging/contrast.js';
import type { Box } from '../../imaging/geometry.js';
import { loadBoth } from '../common/decoded-pictures.js';
import { insertEvaluation } from '../common/evaluations.js';
import { findOverlay, findRenderUrl } from '../common/overlays.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import { measureDrawnText } from '../drawn-text/measure-drawn-text.js';
import type { ReadabilityEvalBody } from './readability-eval.schema.js';
import { isLargeText, rateContrast } from './readability-score.js';

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const round = (value: number): number => Math.round(value * 10_000) / 10_000;
const triple = ({ r, g, b }: Rgb): [number, number, number] => [r, g, b];

/** Heavy letters fill most of their tight box: without some of what is around them they would pass for the ground. */
function withGround({ x, y, width, height }: Box): Box {
  const margin = 0.3 * height;
  const left = Math.max(0, x - margin);
  const top = Math.max(0, y - margin);
  return {
    x: left,
    y: top,
    width: Math.min(1, x + width + margin) - left,
    height: Math.min(1, y + height + margin) - top,
  };
}

/** Measures how clearly the drawn letters stand out from what is really behind them. */
export const createReadabilityEval = ({
  pool,
  engines,
  pictures,
  log,
}: StageContext): VariantStageDefinition<ReadabilityEvalBody> => ({
  stage: 'readability_eval',
  async perform(call, body) {
    const { unit } = call;
    const overlay = await findOverlay(pool, unit, body.overlay_id);
    const url = await findRenderUrl(pool, unit, overlay);

    const elapsed = startStopwatch();
    const { picture, background } = await engines.onPicture(() =>
      loadBoth({ pictures, log }, url, overlay.backgroundUrl),
    );
    const headline = overlay.elements.find(({ slot }) => slot === 'headline');
    const drawn = measureDrawnText({
      picture,
      background,
      region: headline ? withGround(headline.box) : (overlay.region ?? WHOLE),
      textColour: overlay.textColour === null ? null : parseHexColour(overlay.textColour),
    });
    const isLarge = isLargeText(overlay.fontSize);
    const rating = rateContrast(drawn.contrastRatio, isLarge);
    const metrics = {
      contrast_ratio: round(drawn.contrastRatio),
      wcag_aa_compliant: rating.meetsAA,
      wcag_aaa_compliant: rating.meetsAAA,
      readability_score: round(rating.score),
      text_color: toHex(drawn.text, 255),
      overlay_color: overlay.overlayColour,
      text_color_rgb: triple(drawn.text),
      background_color_rgb: triple(drawn.ground),
      is_large_text: isLarge,
      text_size: overlay.fontSize,
      latency_ms: elapsed(),
      worst_contrast_ratio: round(drawn.worstContrastRatio),
      recorded_text_color: overlay.textColour,
      text_box: drawn.inkBox,
    };
    const evaluationId = call.idFor('evaluation');
    return {
      answer: {
        job_id: unit.jobId,
        evaluation_id: evaluationId,
        overlay_id: overlay.id,
        contrast_ratio: metrics.contrast_ratio,
        wcag_aa_compliant: metrics.wcag_aa_compliant,
        wcag_aaa_compliant: metrics.wcag_aaa_compliant,
        readability_score: metrics.readability_score,
      },
      result: { evaluation_id: evaluationId },
      write: (client) => insertEvaluation(client, call, 'readability', overlay.id, metrics),
    };
  },
});
