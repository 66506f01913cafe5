import { findEnglishCopy, loadJobBrief } from '../common/job-brief.js';
import { insertLlmTrace } from '../common/llm-traces.js';
import type { StageContext } from '../common/stage-context.js';
import type { JobStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { AdCopyGenKorBody } from './ad-copy-gen-kor.schema.js';

/** Puts the job's English copy into Korean. */
export const createAdCopyGenKor = ({ pool, engines }: StageContext): JobStageDefinition<AdCopyGenKorBody> => ({
  stage: 'ad_copy_gen_kor',
  async perform({ unit, idFor }) {
    const { language } = engines;
    const adCopyEng = await findEnglishCopy(pool, unit.jobId);
    const brief = await loadJobBrief(pool, unit.jobId);
    const elapsed = startStopwatch();
    const { adCopyKor, method } = await language.translateToKorean({
      adCopyEng,
      descKor: brief.descKor,
      storeName: brief.storeTitle,
      toneStyle: brief.toneStyle,
      month: brief.month,
    });
    const latency = elapsed();
    const traceId = idFor('llm_trace');
    // The job keeps one Korean translation: a row that is there is brought up to date.
    const { rows } = await pool.query<{ ad_copy_gen_id: string }>(
      `select ad_copy_gen_id from txt_ad_copy_generations
        where job_id = $1 and generation_stage = 'eng_to_kor' order by created_at desc limit 1`,
      [unit.jobId],
    );
    const copyId = rows[0]?.ad_copy_gen_id ?? idFor('ad_copy_gen');
    return {
      answer: {
        job_id: unit.jobId,
        llm_trace_id: traceId,
        ad_copy_gen_id: copyId,
        ad_copy_kor: adCopyKor,
        status: 'done',
        provider: language.provider,
        method,
      },
      result: { llm_trace_id: traceId, ad_copy_gen_id: copyId },
      async write(client) {
        await insertLlmTrace(client, language, {
          id: traceId,
          jobId: unit.jobId,
          toneStyleId: brief.toneStyleId,
          operation: 'eng_to_kor',
          request: { ad_copy_eng: adCopyEng, operation: 'eng_to_kor', desc_kor: brief.descKor },
          response: { ad_copy_kor: adCopyKor, token_usage: null, method, model: language.model },
          latency,
        });
        await client.query(
          `insert into txt_ad_copy_generations (ad_copy_gen_id, job_id, llm_trace_id, generation_stage, ad_copy_kor, ad_copy_eng,
                                                status, created_at, updated_at)
           values ($1, $2, $3, 'eng_to_kor', $4, $5, 'done', clock_timestamp(), clock_timestamp())
           on conflict (ad_copy_gen_id) do update
             set llm_trace_id = excluded.llm_trace_id, ad_copy_kor = excluded.ad_copy_kor, ad_copy_eng = excluded.ad_copy_eng,
                 status = 'done', updated_at = clock_timestamp()`,
          [copyId, unit.jobId, traceId, adCopyKor, adCopyEng],
        );
        await client.query(
          `update instagram_feeds set ad_copy_kor = $2, updated_at = clock_timestamp()
            where job_id = $1 and ad_copy_kor is distinct from $2`,
          [unit.jobId, adCopyKor],
        );
      },
    };
  },
});
