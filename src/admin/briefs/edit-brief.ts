import { isDeepStrictEqual } from 'node:util';
import type { VariantStage } from '../../../workflows/contract.js';
import type { Brief } from '../../brief/brief.js';
import type { Idea } from '../../brief/idea.js';
import { counted } from '../../counted.js';
import type { Pool, PoolClient } from '../../db/pool.js';
import { beginning, readPictureNow, stageNeeded } from '../edited-inputs.js';
import { beginAgain, lockWholeJob } from '../locks.js';
import { type JobNow, observeJob, observeVariant, stateInWords, type VariantNow } from '../observe.js';
import { type AuditEntry, carryOut, type Order, type Outcome } from '../orders.js';
import { decideReopening, readPictureSource, reopenVariant } from '../reopen.js';
import type { ItemOutcome, JobAnswer } from '../retry-job.js';
import { DEFAULT_TONE, findCircumstances } from './circumstances.js';
import { answerOf, type WordsAnswer } from './preview-words.js';
import { addBrief, putIdea, putPost, readBrief, readPost } from './stored-words.js';
import { findWords, headlineOf, joinRoles, withOwners, type Words } from './words.js';

export interface AnotherBrief {
  jobId: string;
  brief?: Brief | undefined;
  /** Split into roles where none are given. */
  sentence?: string | undefined;
}

export type BriefAnswer = JobAnswer & WordsAnswer;

type Decision = Outcome & WordsAnswer & { before: JobNow; items: ItemOutcome[] };

/**
 * Has a job say something else: ideas are made anew, but not those that the owner wrote; only pictures that say something
 * else because of it are made again, from the stage that depends on it. The post is written anew unless the owner did.
 * All or none: refused while a picture concerned is at work. A finished job stays finished.
 * @throws NotFound
 */
export const editBrief = (pool: Pool, { jobId, ...wanted }: AnotherBrief, order: Order): Promise<BriefAnswer> =>
  beginAgain(() =>
    carryOut<Decision, BriefAnswer>(pool, order, {
      action: 'edit brief',
      parameters: { jobId, ...wanted },
      async change(db) {
        await lockWholeJob(db, jobId);
        const before = await observeJob(db, jobId);
        const words = await wordsOf(db, before, wanted);
        const plans: Plan[] = [];
        for (const [index, variant] of before.variants.entries()) plans.push(await planFor(db, variant, words, index));
        const refused = plans.find((plan) => 'refused' in plan);
        const items = plans.map(itemOf);
        const standing = await asTheyStand(db, before, words, plans);
        const about = { ...answerOf(standing), before };
        if (refused) {
          const says = `the pictures cannot be made again now: ${refused.refused}`;
          return {
            decision: { outcome: 'refused', says, items: items.filter(isRefused), ...about },
            audit: [{ jobId, before, after: before }],
          };
        }
        const audit = [await writeWords(db, before, standing)];
        for (const plan of plans) if ('from' in plan) audit.push(await carryOutPlan(db, plan));
        const again = plans.filter((plan) => 'from' in plan).length;
        if (again > 0) await db.query('select pipeline.reopen_job($1)', [jobId]);
        const says = `the brief is changed; sent ${again} of ${counted(plans.length, 'variant')} back to work`;
        return { decision: { outcome: 'done', says, items, ...about }, audit };
      },
      async finish({ says, ...decision }) {
        const observed = await observeJob(pool, jobId);
        const now = decision.outcome === 'done' ? `; the job is now at ${stateInWords(observed)}` : '';
        return { ...decision, says: says + now, jobId, observed };
      },
    }),
  );

async function wordsOf(db: PoolClient, job: JobNow, wanted: Omit<AnotherBrief, 'jobId'>): Promise<Words> {
  const { jobId, tenantId, variants } = job;
  const { rows } = await db.query<{ tone: string | null; shop: string | null }>(
    `select t.eng_name as tone, s.title as shop from jobs j
       left join job_inputs i using (job_id) left join tone_styles t using (tone_style_id)
       left join stores s on s.store_id = j.store_id where j.job_id = $1`,
    [jobId],
  );
  const { tone = null, shop = null } = rows[0] ?? {};
  const circumstances = await findCircumstances(db, {
    tenantId: tenantId ?? undefined,
    jobId,
    count: Math.max(1, variants.length),
    tone: tone ?? DEFAULT_TONE,
  });
  // Roles were prefilled when the job was made; what is missing now was taken out.
  const { brand } = circumstances;
  return findWords(
    { ...wanted, shop: wanted.brief ? undefined : (shop ?? undefined) },
    {
      ...circumstances,
      brand: wanted.brief ? undefined : brand,
    },
  );
}

type Plan = { variant: VariantNow } & (
  | { from: VariantStage; idea: Idea }
  | { kept: string; idea: Idea }
  | { refused: string }
);

/** What becomes of one picture. */
async function planFor(db: PoolClient, variant: VariantNow, words: Words, index: number): Promise<Plan> {
  const { variantId } = variant;
  const idea = words.ideas[index]?.idea as Idea;
  const now = await readPictureNow(db, variantId);
  if (now.isOwners)
    return {
      variant,
      kept: 'kept: its words are the owner’s own',
      idea: now.idea ?? { ...idea, texts: { headline: now.headline ?? '' } },
    };
  if (isDeepStrictEqual(idea, now.idea)) return { variant, kept: 'kept: it says the same as before', idea };
  const reopening = decideReopening(
    variant,
    await readPictureSource(db, variantId),
    beginning(variant, stageNeeded(now, { idea })),
  );
  return 'refused' in reopening ? { variant, refused: reopening.refused } : { variant, from: reopening.from, idea };
}

/** With what the owner wrote, where that stays. */
async function asTheyStand(db: PoolClient, { jobId }: JobNow, words: Words, plans: readonly Plan[]): Promise<Words> {
  const ideas = words.ideas.map((derived, index) => {
    const plan = plans[index];
    return plan && 'kept' in plan ? { ...derived, idea: plan.idea } : derived;
  });
  const written = await readPost(db, jobId);
  return withOwners(words, ideas, written?.edited ? written : words.post);
}

const itemOf = (plan: Plan): ItemOutcome => {
  const { variantId, generation } = plan.variant;
  if ('refused' in plan) return { variantId, outcome: 'refused', says: plan.refused };
  if ('kept' in plan) return { variantId, outcome: 'done', says: plan.kept };
  return { variantId, outcome: 'done', says: `sent back to work from ${plan.from} (generation ${generation + 1})` };
};

const isRefused = ({ outcome }: ItemOutcome): boolean => outcome === 'refused';

async function carryOutPlan(db: PoolClient, plan: Extract<Plan, { from: VariantStage }>): Promise<AuditEntry> {
  const { variant, from, idea } = plan;
  const { jobId, variantId } = variant;
  await reopenVariant(db, variant, from);
  await putIdea(db, variantId, { idea, edited: false });
  return { jobId, variantId, before: variant, after: await observeVariant(db, variantId) };
}

/** The rows that say it, the contract's among them. */
async function writeWords(db: PoolClient, { jobId }: JobNow, words: Words): Promise<AuditEntry> {
  const before = await readBrief(db, jobId);
  await addBrief(db, jobId, words);
  await db.query('update job_inputs set desc_kor = $2, updated_at = clock_timestamp() where job_id = $1', [
    jobId,
    words.sentence ?? joinRoles(words.brief),
  ]);
  await db.query(
    `insert into txt_ad_copy_generations (job_id, generation_stage, ad_copy_kor, status)
     values ($1, 'ad_copy_kor', $2, 'done')`,
    [jobId, headlineOf(words)],
  );
  if (!words.post.edited) await putPost(db, jobId, words.post, false);
  return { jobId, before: before?.brief ?? null, after: words.brief };
}
