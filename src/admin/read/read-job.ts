import { jobWorkflowId, variantWorkflowId } from '../../../workflows/contract.js';
import type { Pool } from '../../db/pool.js';
import type { PictureFormat } from '../../generation/provider.js';
import { NotFound } from '../trouble.js';
import { jobAttention, variantAttention } from './attention.js';
import { judgedNow } from './findings.js';
import type { ListSettings } from './list-page.js';
import { coverageNow, WORDS_OF_JOB, WORDS_OF_VARIANT, type WordsOfJob, type WordsOfVariant } from './words.js';

export interface Attempts {
  stage: string;
  generation: number;
  state: 'open' | 'done' | 'failed';
  retries: number;
  failures: number;
  /** Attempts lost with their worker. */
  lost: number;
  lastEnding: string | null;
  outageSince: string | null;
  reason: string | null;
  openedAt: string;
  updatedAt: string;
}

export interface Wait {
  evidence: string;
  stage: string;
  generation: number;
  since: string;
  settledAt: string | null;
  outcome: string | null;
}

export interface VariantDetail extends WordsOfVariant {
  variantId: string;
  ordinal: number;
  step: string | null;
  status: string | null;
  selected: boolean | null;
  generation: number;
  door: string | null;
  isRunOpen: boolean;
  retryCount: number;
  reason: string | null;
  attention: string[];
  pictures: { original: string | null; generated: string | null; finished: string | null };
  /** The text that was drawn, of the newest overlay. */
  overlayText: string | null;
  /** The newest metrics of each evaluation (contract §4.7–4.9), and the judge's answer (§4.6). */
  scores: { ocr: object | null; readability: object | null; iou: object | null; judge: object | null };
  edited: { generation: number; text: string | null; toneStyleId: string | null; hint: object | null } | null;
  attempts: Attempts[];
  waits: Wait[];
  workflowId: string;
  workflowUrl: string | null;
}

export interface TimelineEntry {
  at: string;
  variantId: string | null;
  what: string;
  stage: string | null;
  generation: number | null;
  actor: string | null;
  note: string | null;
}

export interface JobDetail extends WordsOfJob {
  jobId: string;
  tenantId: string | null;
  shop: string | null;
  step: string | null;
  status: string | null;
  recorded: { stage: string | null; status: string | null; generation: number; closed: boolean };
  imageGeneration: string | null;
  /** The shape its pictures are asked for in. */
  pictureFormat: PictureFormat;
  retryCount: number;
  reason: string | null;
  createdAt: string;
  updatedAt: string | null;
  attention: string[];
  inputs: { descKor: string | null; descEng: string | null; tone: string | null; photoUrl: string | null };
  copy: { stage: string; korean: string | null; english: string | null; status: string | null; createdAt: string }[];
  /** The newest; readers see this one. */
  feed: { text: string; hashtags: string; createdAt: string } | null;
  feeds: number;
  variants: VariantDetail[];
  attempts: Attempts[];
  waits: Wait[];
  timeline: TimelineEntry[];
  workflowId: string;
  workflowUrl: string | null;
}

export interface ReadSettings extends ListSettings {
  /** The Web UI's page of a workflow; null where none is known. */
  workflowUrl(workflowId: string): string | null;
}

/** One job with everything known of it. @throws NotFound */
export async function readJobDetail(pool: Pool, settings: ReadSettings, jobId: string): Promise<JobDetail> {
  const [job, variants, timeline] = await Promise.all([
    pool.query<{ job: Omit<JobDetail, 'variants' | 'timeline' | 'coverage' | 'workflowId' | 'workflowUrl'> }>(JOB, [
      jobId,
      settings.waitPatience,
    ]),
    pool.query<{ variant: Omit<VariantDetail, 'workflowId' | 'workflowUrl'> }>(VARIANTS, [
      jobId,
      settings.waitPatience,
    ]),
    pool.query<{ entry: TimelineEntry }>(TIMELINE, [jobId]),
  ]);
  const found = job.rows[0]?.job;
  if (!found) throw new NotFound(`there is no job ${jobId}`);
  const linked = <T extends object>(part: T, workflowId: string) => ({
    ...part,
    workflowId,
    workflowUrl: settings.workflowUrl(workflowId),
  });
  const details = variants.rows.map(({ variant }) => {
    const scores = { ...variant.scores, judge: judgedNow(variant.scores.judge, found, variant) };
    return linked({ ...variant, scores }, variantWorkflowId(variant.variantId));
  });
  return {
    ...linked({ ...found, coverage: coverageNow(found, details) }, jobWorkflowId(jobId)),
    variants: details,
    timeline: timeline.rows.map(({ entry }) => entry),
  };
}

const attemptsOf = (unit: string): string => `(
  select coalesce(jsonb_agg(jsonb_build_object('stage', c.stage, 'generation', c.generation, 'state', c.state,
           'retries', c.retries, 'failures', c.failures, 'lost', c.lost, 'lastEnding', c.last_ending,
           'outageSince', c.outage_since, 'reason', c.reason, 'openedAt', c.opened_at, 'updatedAt', c.updated_at)
         order by c.opened_at), '[]')
    from pipeline.claims c where c.unit_id = ${unit})`;

const waitsOf = (unit: string): string => `(
  select coalesce(jsonb_agg(jsonb_build_object('evidence', w.evidence, 'stage', w.stage, 'generation', w.generation,
           'since', w.since, 'settledAt', w.settled_at, 'outcome', w.outcome) order by w.since), '[]')
    from pipeline.waits w where w.unit_id = ${unit})`;

const JOB = `
select jsonb_build_object(
  'jobId', j.job_id, 'tenantId', j.tenant_id, 'shop', s.title, 'step', j.current_step, 'status', j.status,
  'recorded', jsonb_build_object('stage', p.stage, 'status', p.status, 'generation', coalesce(p.generation, 1),
                                 'closed', coalesce(p.closed, false)),
  'imageGeneration', p.image_generation, 'pictureFormat', coalesce(p.picture_format, 'square'),
  'retryCount', coalesce(j.retry_count, 0), 'reason', p.reason,
  'createdAt', j.created_at, 'updatedAt', j.updated_at, 'attention', to_jsonb(${jobAttention('$2::jsonb')}),
  'inputs', jsonb_build_object('descKor', i.desc_kor, 'descEng', i.desc_eng, 'tone', coalesce(t.kor_name, t.eng_name),
                               'photoUrl', a.image_url),
  'copy', (select coalesce(jsonb_agg(jsonb_build_object('stage', x.generation_stage, 'korean', x.ad_copy_kor,
                    'english', coalesce(x.refined_ad_copy_eng, x.ad_copy_eng), 'status', x.status, 'createdAt', x.created_at)
                  order by x.created_at), '[]') from txt_ad_copy_generations x where x.job_id = j.job_id),
  'feed', (select jsonb_build_object('text', f.instagram_ad_copy, 'hashtags', f.hashtags, 'createdAt', f.created_at)
             from instagram_feeds f where f.job_id = j.job_id order by f.created_at desc, f.pk desc limit 1),
  'feeds', (select count(*) from instagram_feeds f where f.job_id = j.job_id),
  ${WORDS_OF_JOB},
  'attempts', ${attemptsOf('j.job_id')},
  'waits', ${waitsOf('j.job_id')}) as job
  from jobs j
  left join pipeline.jobs p using (job_id)
  left join stores s on s.store_id = j.store_id
  left join job_inputs i on i.job_id = j.job_id
  left join tone_styles t on t.tone_style_id = i.tone_style_id
  left join image_assets a on a.image_asset_id = i.img_asset_id
 where j.job_id = $1`;

const metricsOf = (type: string): string => `(
  select e.metrics from evaluations e join overlay_layouts o using (overlay_id)
   where o.job_variants_id = v.job_variants_id and e.evaluation_type = '${type}' order by e.created_at desc, e.pk desc limit 1)`;

const VARIANTS = `
select jsonb_build_object(
  'variantId', v.job_variants_id,
  'ordinal', row_number() over (order by v.creation_order, v.job_variants_id),
  'step', v.current_step, 'status', v.status, 'selected', v.selected, 'generation', coalesce(r.generation, 1),
  'door', r.door, 'isRunOpen', coalesce(r.open, false), 'retryCount', coalesce(v.retry_count, 0), 'reason', r.reason,
  'attention', to_jsonb(${variantAttention('$2::jsonb')}),
  'pictures', jsonb_build_object(
    'original', coalesce((select s.image_url from gen_variants n join gen_runs g using (run_id)
                            join image_assets s on s.image_asset_id = g.src_asset_id
                           where n.bg_asset_id = v.img_asset_id limit 1),
                         case when v.current_step = 'user_img_input' or b.image_type = 'original' then b.image_url end),
    'generated', case when b.image_type is distinct from 'original' then b.image_url end,
    'finished', f.image_url),
  'overlayText', (select o.layout->>'text' from overlay_layouts o where o.job_variants_id = v.job_variants_id
                   order by o.created_at desc limit 1),
  'scores', jsonb_build_object('ocr', ${metricsOf('ocr')}, 'readability', ${metricsOf('readability')},
    'iou', ${metricsOf('iou')},
    'judge', (select x.response from vlm_traces x where x.job_variants_id = v.job_variants_id and x.operation_type = 'judge'
               order by x.created_at desc, x.pk desc limit 1)),
  'edited', (select jsonb_build_object('generation', e.generation, 'text', e.overlay_text, 'toneStyleId', e.tone_style_id, 'hint', e.subject_hint)
               from pipeline.edited_inputs e where e.job_variants_id = v.job_variants_id order by e.generation desc limit 1),
  ${WORDS_OF_VARIANT},
  'attempts', ${attemptsOf('v.job_variants_id')},
  'waits', ${waitsOf('v.job_variants_id')}) as variant
  from jobs_variants v
  left join pipeline.runs r using (job_variants_id)
  left join image_assets b on b.image_asset_id = v.img_asset_id
  left join image_assets f on f.image_asset_id = v.overlaid_img_asset_id
 where v.job_id = $1
 order by v.creation_order, v.job_variants_id`;

const TIMELINE = `
select jsonb_build_object('at', at, 'variantId', variant_id, 'what', what, 'stage', stage, 'generation', generation,
                          'actor', actor, 'note', note) as entry
  from (
    select j.created_at as at, null::uuid as variant_id, 'job created' as what, null as stage, null::integer as generation,
           null as actor, null as note
      from jobs j where j.job_id = $1
    union all
    select c.opened_at, nullif(c.unit_id, c.job_id), 'stage begun', c.stage, c.generation, null, null
      from pipeline.claims c where c.job_id = $1
    union all
    select c.updated_at, nullif(c.unit_id, c.job_id), 'stage ' || c.state, c.stage, c.generation, null, c.reason
      from pipeline.claims c where c.job_id = $1 and c.state <> 'open'
    union all
    select w.since, nullif(w.unit_id, w.job_id), 'waits for ' || w.evidence, w.stage, w.generation, null, null
      from pipeline.waits w where w.job_id = $1
    union all
    select w.settled_at, nullif(w.unit_id, w.job_id), 'waits no more for ' || w.evidence, w.stage, w.generation, null, w.outcome
      from pipeline.waits w where w.job_id = $1 and w.settled_at is not null
    union all
    select a.at, a.job_variants_id, a.action, a.after->>'step', (a.after->>'generation')::integer, a.actor, a.note
      from pipeline.audit a where a.job_id = $1
  ) everything
 order by at`;
