import type { Pool } from '../../db/pool.js';
import { findKnownDish } from '../common/known-dish.js';
import { findImageAsset, refuseForeignUrl } from '../common/pictures.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { VlmAnalyzeBody } from './vlm-analyze.schema.js';

/** Looks at the variant's picture: is it usable, and does it go with the English copy? */
export const createVlmAnalyze = ({
  pool,
  assets,
  engines,
  pictures,
}: StageContext): VariantStageDefinition<VlmAnalyzeBody> => ({
  stage: 'vlm_analyze',
  async perform({ unit, idFor }, body) {
    if (body.asset_url) refuseForeignUrl(assets, body.asset_url);
    const asset = await findImageAsset(pool, unit.imageId);
    const adCopyText = body.ad_copy_text ?? (await findEnglishText(pool, unit.jobId));
    const dish = (await findKnownDish(pool, asset.id)) ?? null;
    const elapsed = startStopwatch();
    const analysis = await engines.onPicture(async () =>
      engines.vision.analyze({
        picture: await pictures.load(asset.url),
        dish,
        adCopyText,
        prompt: body.prompt ?? null,
      }),
    );
    const latency = elapsed();
    const traceId = idFor('vlm_trace');
    return {
      answer: { job_id: unit.jobId, vlm_trace_id: traceId, ...analysis },
      result: { vlm_trace_id: traceId },
      async write(client) {
        await client.query(
          `insert into vlm_traces (vlm_trace_id, job_id, job_variants_id, provider, operation_type, request, response,
                                   latency_ms, created_at, updated_at)
           values ($1, $2, $3, $4, 'analyze', $5, $6, $7, clock_timestamp(), clock_timestamp())
           on conflict (vlm_trace_id) do nothing`,
          [
            traceId,
            unit.jobId,
            unit.variantId,
            engines.vision.provider,
            JSON.stringify({
              asset_url: asset.url,
              ad_copy_text: adCopyText,
              prompt: body.prompt ?? engines.vision.analyzePrompt,
              image_asset_id: asset.id,
              model: engines.vision.model,
              ...(dish && { dish_from: 'composition' }),
            }),
            JSON.stringify(analysis),
            latency,
          ],
        );
      },
    };
  },
});

/** The newest finished English copy, else the shop's translated description, else nothing. */
async function findEnglishText(pool: Pool, jobId: string): Promise<string | null> {
  const { rows } = await pool.query<{ english: string | null }>(
    `select coalesce(
       (select ad_copy_eng from txt_ad_copy_generations
         where job_id = $1 and generation_stage = 'ad_copy_eng' and status = 'done' and ad_copy_eng <> ''
         order by created_at desc limit 1),
       (select nullif(desc_eng, '') from job_inputs where job_id = $1)) as english`,
    [jobId],
  );
  return rows[0]?.english ?? null;
}
