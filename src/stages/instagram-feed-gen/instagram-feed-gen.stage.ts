import type { Pool } from '../../db/pool.js';
import { findEnglishCopy, loadJobBrief } from '../common/job-brief.js';
import { insertLlmTrace } from '../common/llm-traces.js';
import { notFound } from '../common/refusal.js';
import type { StageContext } from '../common/stage-context.js';
import type { JobStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { InstagramFeedGenBody } from './instagram-feed-gen.schema.js';
import { briefOf, findPost, lastPosts } from './read-post.js';

/** The order every engine is given, kept with each feed. */
const INSTRUCTION =
  '가게와 메뉴의 특징을 살려 인스타그램에 올릴 한국어 광고 글과 해시태그를 작성하세요. 글은 자연스러운 한국어로만 쓰고, 해시태그는 최대 5개로 합니다.';
const TEMPERATURE = 0.7;

/**
 * Publishes the post that goes with the finished pictures: the one that was written when the job was made, or, for jobs
 * of other programs, one written now. Every performance adds a feed; readers take the newest.
 */
export const createInstagramFeedGen = ({ pool, engines }: StageContext): JobStageDefinition<InstagramFeedGenBody> => ({
  stage: 'instagram_feed_gen',
  async perform({ unit, idFor, day }) {
    const { language } = engines;
    const adCopyEng = await findEnglishCopy(pool, unit.jobId);
    const adCopyKor = await findKoreanCopy(pool, unit.jobId);
    const brief = await loadJobBrief(pool, unit.jobId);
    if (!brief.hasInputs) throw notFound(`Job inputs not found: ${unit.jobId}`);
    const store = [brief.storeTitle, brief.storeBody, brief.storeCategory].filter((part) => part !== '').join(', ');
    const elapsed = startStopwatch();
    const saved = await findPost(pool, unit.jobId);
    const feed = saved
      ? { instagramAdCopy: saved.text, hashtags: saved.hashtags }
      : await language.instagramFeed({
          ...(await briefOf(pool, unit, brief)),
          toneStyle: brief.toneStyle,
          month: brief.month,
          seed: unit.jobId,
          avoid: await lastPosts(pool, unit.tenantId, unit.jobId, day),
        });
    const latency = elapsed();
    const feedId = idFor('instagram_feed');
    const traceId = idFor('llm_trace');
    return {
      answer: {
        instagram_feed_id: feedId,
        tenant_id: unit.tenantId,
        instagram_ad_copy: feed.instagramAdCopy,
        hashtags: feed.hashtags,
        prompt_used: INSTRUCTION,
        generated_at: new Date().toISOString(),
      },
      result: { instagram_feed_id: feedId },
      async write(client) {
        await insertLlmTrace(client, language, {
          id: traceId,
          jobId: unit.jobId,
          toneStyleId: brief.toneStyleId,
          operation: 'feed_gen',
          request: {
            operation: 'feed_gen',
            refined_ad_copy_eng: adCopyEng,
            ad_copy_kor: adCopyKor,
            tone_style: brief.toneStyle,
            product_description: brief.descKor,
            store_information: store,
            gpt_prompt: INSTRUCTION,
          },
          response: {
            instagram_ad_copy: feed.instagramAdCopy,
            hashtags: feed.hashtags,
            token_usage: null,
            model: language.model,
          },
          latency,
        });
        await client.query(
          `insert into instagram_feeds (instagram_feed_id, job_id, llm_trace_id, tenant_id, refined_ad_copy_eng, ad_copy_kor,
                                        tone_style, product_description, gpt_prompt, instagram_ad_copy, hashtags,
                                        used_temperature, latency_ms, created_at, updated_at)
           -- Its owner may have changed the post since it was read; from here on the job's row is locked.
           select $1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, coalesce(p.post, $10), coalesce(p.hashtags, $11), $12, $13,
                  clock_timestamp(), clock_timestamp()
             from (values ($2::uuid)) as j (job_id) left join pipeline.posts p using (job_id)
           on conflict (instagram_feed_id) do nothing`,
          [
            feedId,
            unit.jobId,
            traceId,
            unit.tenantId,
            adCopyEng,
            adCopyKor,
            brief.toneStyle,
            brief.descKor,
            INSTRUCTION,
            feed.instagramAdCopy,
            feed.hashtags,
            TEMPERATURE,
            latency,
          ],
        );
      },
    };
  },
});

async function findKoreanCopy(pool: Pool, jobId: string): Promise<string | null> {
  const { rows } = await pool.query<{ ad_copy_kor: string }>(
    `select ad_copy_kor from txt_ad_copy_generations
      where job_id = $1 and generation_stage = 'eng_to_kor' and status = 'done' and ad_copy_kor <> ''
      order by created_at desc limit 1`,
    [jobId],
  );
  return rows[0]?.ad_copy_kor ?? null;
}
