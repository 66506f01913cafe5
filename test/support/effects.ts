import type { Pool } from '../../src/db/pool.js';

/** Rows that each effect of a job leaves; a stage done twice would show here. */
export async function effectsOf({ foreign }: { foreign: Pool }, jobId: string): Promise<Record<string, number>> {
  const { rows } = await foreign.query(
    `select (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'analyze') as analyze,
            (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'judge') as judge,
            (select count(*)::int from overlay_layouts where job_variants_id in
              (select job_variants_id from jobs_variants where job_id = $1)) as overlays,
            (select count(*)::int from evaluations where job_id = $1 and evaluation_type = 'ocr') as ocr,
            (select count(*)::int from evaluations where job_id = $1 and evaluation_type = 'readability') as readability,
            (select count(*)::int from evaluations where job_id = $1 and evaluation_type = 'iou') as iou,
            (select count(*)::int from llm_traces where job_id = $1 and operation_type = 'eng_to_kor') as translations,
            (select count(*)::int from llm_traces where job_id = $1 and operation_type = 'feed_gen') as feed_traces,
            (select count(*)::int from instagram_feeds where job_id = $1) as feeds`,
    [jobId],
  );
  return rows[0];
}

export const idealEffects = (variants: number): Record<string, number> => ({
  analyze: variants,
  judge: variants,
  overlays: variants,
  ocr: variants,
  readability: variants,
  iou: variants,
  translations: 1,
  feed_traces: 1,
  feeds: 1,
});
