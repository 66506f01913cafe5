import { findNewestOverlay, findOverlay, findRenderUrl } from '../common/overlays.js';
import { loadPicture } from '../common/pictures.js';
import { badRequest } from '../common/refusal.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { VlmJudgeBody } from './vlm-judge.schema.js';

/** Looks at the finished advertisement: is the text legible, beside the dish, and does it invite? */
export const createVlmJudge = ({ pool, assets, engines, log }: StageContext): VariantStageDefinition<VlmJudgeBody> => ({
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
    const judgement = await engines.onPicture(async () => {
      const { bytes } = await loadPicture(assets, url);
      // Judging without the picture before the text is less exact, not impossible.
      const background = overlay?.backgroundUrl
        ? await assets.read(overlay.backgroundUrl).catch((error: unknown) => {
            log.warn({ err: error }, 'the picture before the text cannot be read; judging without it');
            return null;
          })
        : null;
      return engines.vision.judge({
        picture: bytes,
        background,
        region: overlay?.region ?? null,
        text: overlay?.text ?? '',
        textColour: overlay?.textColour ?? null,
      });
    });
    const latency = elapsed();
    const { on_brief, occlusion, contrast_ok, cta_present, analysis, issues } = judgement;
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
