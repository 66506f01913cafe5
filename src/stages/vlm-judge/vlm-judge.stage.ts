import { findComposition } from '../common/compositions.js';
import { type CutFiles, findCut } from '../common/cuts.js';
import { type DecodedPictures, loadBoth } from '../common/decoded-pictures.js';
import { findWords } from '../common/words.js';
import { findNewestOverlay, findOverlay, findRenderUrl } from '../common/overlays.js';
import { badRequest, Refusal } from '../common/refusal.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { VlmJudgeBody } from './vlm-judge.schema.js';

/** Looks at the finished advertisement for everything that a shop would not post. */
export const createVlmJudge = ({
  pool,
  engines,
  pictures,
  log,
}: StageContext): VariantStageDefinition<VlmJudgeBody> => ({
  stage: 'vlm_judge',
  requires: { step: 'overlay', status: 'done' },
  async perform({ unit, idFor }, body) {
    const overlay = body.overlay_id
      ? await findOverlay(pool, unit, body.overlay_id)
      : await findNewestOverlay(pool, unit);
    if (!body.render_asset_url && !overlay && !unit.overlaidImageId) {
      throw badRequest('No rendered picture: give render_asset_url or overlay_id');
    }
    const url = body.render_asset_url ?? (await findRenderUrl(pool, unit, overlay));

    const elapsed = startStopwatch();
    const [composition, words, cutFiles] = await Promise.all([
      findComposition(pool, unit),
      findWords(pool, unit),
      findCut(pool, unit),
    ]);
    const judgement = await engines.onPicture(async () => {
      const both = await loadBoth({ pictures, log }, url, overlay?.backgroundUrl);
      return engines.vision.judge({
        ...both,
        overlay: overlay ?? null,
        composition: composition ?? null,
        cut: composition?.isCutOut && cutFiles ? await loadCut(pictures, cutFiles) : null,
        words: words ?? null,
      });
    });
    const latency = elapsed();
    const { on_brief, occlusion, contrast_ok, cta_present, analysis, issues, findings = [] } = judgement;
    const traceId = idFor('vlm_trace');
    return {
      answer: {
        job_id: unit.jobId,
        vlm_trace_id: traceId,
        on_brief,
        occlusion,
        contrast_ok,
        cta_present,
        analysis,
        issues,
        findings,
      },
      result: { vlm_trace_id: traceId },
      async write(client) {
        await client.query(
          `insert into vlm_traces (vlm_trace_id, job_id, job_variants_id, provider, operation_type, request, response,
                                   latency_ms, created_at, updated_at)
           values ($1, $2, $3, $4, 'judge', $5, $6, $7, clock_timestamp(), clock_timestamp())
           on conflict (vlm_trace_id) do nothing`,
          [
            traceId,
            unit.jobId,
            unit.variantId,
            engines.vision.provider,
            JSON.stringify({ render_asset_url: url, overlay_id: overlay?.id ?? null, model: engines.vision.model }),
            JSON.stringify(judgement),
            latency,
          ],
        );
      },
    };
  },
});

/** Files that are gone leave one rule unasked. */
async function loadCut(pictures: DecodedPictures, { maskUrl, uprightUrl }: CutFiles) {
  try {
    const [mask, upright] = await Promise.all([pictures.load(maskUrl), pictures.load(uprightUrl)]);
    return { mask, upright };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
