import type { Brief } from '../../brief/brief.js';
import { VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import type { Idea, TextSlot } from '../../brief/idea.js';
import type { Leftover } from '../../brief/understand.js';
import type { PictureFormat } from '../../generation/provider.js';
import type { DrawnElement, LeftOut } from '../../typography/text-areas.js';
import type { WordsAnswer } from '../briefs/preview-words.js';
import { type Coverage, coverageOf, warningsOf } from '../briefs/words.js';
import type { Pool } from '../../db/pool.js';
import { NotFound } from '../trouble.js';
import type { Post } from '../briefs/stored-words.js';

/** What a job wants to say, and its post; null for a job that came without. */
export interface WordsOfJob {
  brief: { roles: Brief; sentence: string | null; leftovers: Leftover[] } | null;
  post: (Post & { edited: boolean }) | null;
  coverage: Coverage[];
}

/** What one picture says, and how it came to be composed. */
export interface WordsOfVariant {
  /** Null for a picture whose headline is all there is. */
  idea: Idea | null;
  ideaEdited: boolean;
  /** Of the newest overlay. */
  elements: DrawnElement[];
  leftOut: LeftOut[];
  /** Null for a picture that was not composed here. */
  design: string | null;
  format: PictureFormat;
}

/** Where each role is said, as far as the pictures are known to hold it. */
export function coverageNow(
  { brief, post }: Pick<WordsOfJob, 'brief' | 'post'>,
  variants: readonly (Pick<WordsOfVariant, 'idea' | 'leftOut' | 'elements'> & Place)[],
): Coverage[] {
  if (!brief) return [];
  const pictures = variants.map((variant) => {
    const idea = variant.idea ?? NO_IDEA;
    return { idea, leftOut: isDrawn(variant) ? notDrawn(idea, variant) : [] };
  });
  return coverageOf(brief.roles, pictures, post ?? { text: '' });
}

interface Place {
  step: string | null;
  status: string | null;
}

/** Until then an overlay that there is shows an earlier idea. */
const isDrawn = ({ step, status }: Place): boolean => {
  const beyond = VARIANT_STAGES.indexOf(step as VariantStage) - VARIANT_STAGES.indexOf('overlay');
  return beyond > 0 || (beyond === 0 && status === 'done');
};

/** What was named as left out, and what is simply not there. */
function notDrawn(
  { texts }: Idea,
  { elements, leftOut }: Pick<WordsOfVariant, 'elements' | 'leftOut'>,
): Pick<LeftOut, 'slot' | 'reason'>[] {
  // A headline alone may be drawn without a record of each piece.
  if (elements.length === 0) return leftOut;
  const named = [...elements, ...leftOut].map(({ slot }) => slot);
  const missing = (Object.keys(texts) as TextSlot[]).filter((slot) => !named.includes(slot));
  return [...leftOut, ...missing.map((slot) => ({ slot, reason: 'no place in this design' as const }))];
}

const NO_IDEA: Idea = { kind: 'dish', texts: { headline: '' } };

/** Pairs for jsonb_build_object; `j` is the job. */
export const WORDS_OF_JOB = `
  'brief', (select jsonb_build_object('roles', b.brief, 'sentence', b.sentence, 'leftovers', b.leftovers)
              from pipeline.briefs b where b.job_id = j.job_id order by b.generation desc limit 1),
  'post', (select jsonb_build_object('text', o.post, 'hashtags', o.hashtags, 'edited', o.edited)
             from pipeline.posts o where o.job_id = j.job_id)`;

const newestIdea = (column: string): string =>
  `(select n.${column} from pipeline.ideas n where n.job_variants_id = v.job_variants_id order by n.generation desc limit 1)`;

const newestLayout = (key: string): string => `coalesce(
  (select o.layout->'${key}' from overlay_layouts o where o.job_variants_id = v.job_variants_id
    order by o.created_at desc limit 1), '[]')`;

/** The same; `v` is the variant. */
export const WORDS_OF_VARIANT = `
  'idea', ${newestIdea('idea')},
  'ideaEdited', coalesce(${newestIdea('edited')}, false),
  'elements', ${newestLayout('elements')},
  'leftOut', ${newestLayout('left_out')},
  'design', (select c.design from pipeline.pictures c where c.image_asset_id = v.img_asset_id),
  'format', coalesce(
    (select c.format from pipeline.pictures c where c.image_asset_id = v.img_asset_id),
    (select e.picture_format from pipeline.edited_inputs e where e.job_variants_id = v.job_variants_id
      order by e.generation desc limit 1),
    (select q.picture_format from pipeline.jobs q where q.job_id = v.job_id), 'square')`;

/** A job's words by themselves, as it says them now. @throws NotFound, also for a job that came without any. */
export async function readWords(pool: Pool, jobId: string): Promise<WordsAnswer> {
  const { rows } = await pool.query<{ job: Pick<WordsOfJob, 'brief' | 'post'> }>(
    `select jsonb_build_object(${WORDS_OF_JOB}) as job from jobs j where j.job_id = $1`,
    [jobId],
  );
  const job = rows[0]?.job;
  if (!job) throw new NotFound(`there is no job ${jobId}`);
  if (!job.brief) throw new NotFound(`there is no brief of job ${jobId}`);
  const variants = await pool.query<{ variant: WordsOfVariant & Place }>(
    `select jsonb_build_object('step', v.current_step, 'status', v.status, ${WORDS_OF_VARIANT}) as variant from jobs_variants v where v.job_id = $1
      order by v.creation_order, v.job_variants_id`,
    [jobId],
  );
  const pictures = variants.rows.map(({ variant }) => variant);
  const ideas = pictures.flatMap(({ idea }) => idea ?? []);
  return {
    brief: job.brief.roles,
    leftovers: job.brief.leftovers,
    ideas,
    post: { text: job.post?.text ?? '', hashtags: job.post?.hashtags ?? '' },
    warnings: warningsOf(job.brief.roles, ideas),
    coverage: coverageNow(job, pictures),
  };
}
