import type { Pool } from '../../db/pool.js';
import { badRequest } from './refusal.js';

/** What the job's rows say about shop, dish and style. Texts are '' when nobody wrote them. */
export interface JobBrief {
  hasInputs: boolean;
  descKor: string;
  toneStyleId: string | null;
  /** Korean name, else English, else ''. */
  toneStyle: string;
  storeTitle: string;
  storeBody: string;
  storeCategory: string;
  /** 1..12 in Korea when the job was created: a repeated stage must not change the season it writes about. */
  month: number;
}

interface BriefRow {
  has_inputs: boolean;
  desc_kor: string | null;
  tone_style_id: string | null;
  tone_style: string | null;
  title: string | null;
  body: string | null;
  store_category: string | null;
  month: number;
}

export async function loadJobBrief(pool: Pool, jobId: string): Promise<JobBrief> {
  const { rows } = await pool.query<BriefRow>(
    `select i.job_id is not null as has_inputs, i.desc_kor, i.tone_style_id,
            coalesce(nullif(t.kor_name, ''), nullif(t.eng_name, '')) as tone_style,
            s.title, s.body, s.store_category,
            extract(month from coalesce(j.created_at, clock_timestamp()) at time zone 'Asia/Seoul')::integer as month
       from jobs j
       left join job_inputs i using (job_id)
       left join tone_styles t using (tone_style_id)
       left join stores s on s.store_id = j.store_id
      where j.job_id = $1`,
    [jobId],
  );
  const row = rows[0];
  return {
    hasInputs: row?.has_inputs ?? false,
    descKor: row?.desc_kor ?? '',
    toneStyleId: row?.tone_style_id ?? null,
    toneStyle: row?.tone_style ?? '',
    storeTitle: row?.title ?? '',
    storeBody: row?.body ?? '',
    storeCategory: row?.store_category ?? '',
    month: row?.month ?? 1,
  };
}

/** The refined English copy, else the first one. @throws Refusal 400 when the job has none. */
export async function findEnglishCopy(pool: Pool, jobId: string): Promise<string> {
  const { rows } = await pool.query<{ english: string }>(
    `select case generation_stage when 'refined_ad_copy' then refined_ad_copy_eng else ad_copy_eng end as english
       from txt_ad_copy_generations
      where job_id = $1 and status = 'done'
        and ((generation_stage = 'refined_ad_copy' and refined_ad_copy_eng <> '')
             or (generation_stage = 'ad_copy_eng' and ad_copy_eng <> ''))
      order by generation_stage = 'refined_ad_copy' desc, created_at desc
      limit 1`,
    [jobId],
  );
  if (!rows[0]) throw badRequest('Ad copy (English) not found: no finished refined_ad_copy or ad_copy_eng row');
  return rows[0].english;
}
