/**
 * The words every part of the system shares: steps, statuses, names of queues and workflows.
 * This file imports nothing, so that the workflow bundle, the bridge, the worker and the tests agree by construction.
 */

/** The nine stages of one variant, in the order in which they happen. */
export const VARIANT_STAGES = [
  'img_gen',
  'vlm_analyze',
  'yolo_detect',
  'planner',
  'overlay',
  'vlm_judge',
  'ocr_eval',
  'readability_eval',
  'iou_eval',
] as const;
export type VariantStage = (typeof VARIANT_STAGES)[number];

/** The two stages that run once per job, after its variants. */
export const JOB_STAGES = ['ad_copy_gen_kor', 'instagram_feed_gen'] as const;
export type JobStage = (typeof JOB_STAGES)[number];

export type Stage = VariantStage | JobStage;

/** The eight variant stages that the stage service performs; `img_gen` is the picture itself. */
export type ServiceVariantStage = Exclude<VariantStage, 'img_gen'>;

export const STATUSES = ['queued', 'running', 'done', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

/** The state in which a variant is waiting for its picture to be generated. */
export const INPUT_STEP = 'user_img_input';

export const PIPELINE_TASK_QUEUE = 'ad-pipeline';
export const IMAGE_TASK_QUEUE = 'image-generation';

export const variantWorkflowId = (variantId: string): string => `variant-${variantId}`;
export const jobWorkflowId = (jobId: string): string => `job-${jobId}`;

export const isVariantStage = (step: string): step is VariantStage =>
  (VARIANT_STAGES as readonly string[]).includes(step);
export const isJobStage = (step: string): step is JobStage => (JOB_STAGES as readonly string[]).includes(step);

/** The stage that follows, or undefined after the last one. */
export const stageAfter = (stage: VariantStage): VariantStage | undefined =>
  VARIANT_STAGES[VARIANT_STAGES.indexOf(stage) + 1];

/** The stage before, or undefined before the first one. */
export const stageBefore = (stage: VariantStage): VariantStage | undefined =>
  VARIANT_STAGES[VARIANT_STAGES.indexOf(stage) - 1];

/** What the bridge hands to `variantWorkflow`. */
export interface VariantInput {
  variantId: string;
  jobId: string;
  generation: number;
  startAt: VariantStage;
  /** 1-based place among the job's variants and their number, for people who read the timeline. */
  ordinal: number;
  siblings: number;
}

/** What the bridge hands to `jobWorkflow`. */
export interface JobInput {
  jobId: string;
  generation: number;
  startAt: JobStage;
}

/**
 * The evidence a stage may have to wait for: a text, the picture that image generation outside has begun, or the
 * siblings that it has not yet said to be all.
 */
export type AwaitedEvidence = 'ad_copy_kor' | 'ad_copy_eng' | 'picture' | 'siblings';

/** What one stage activity reports back to its workflow. */
export type StageOutcome<S extends Stage> =
  /** The stage's result stands in the rows. */
  | { kind: 'done' }
  /** The row is not where this run thought; go on there. */
  | { kind: 'continue'; stage: S; generation: number }
  /** Evidence is missing. The wait is recorded; ask again when woken, or after `waitMs`. */
  | { kind: 'wait'; evidence: AwaitedEvidence; waitMs: number }
  /** Nothing (more) to do for this run, and why. */
  | { kind: 'over'; reason: string };

/** Type of the failure a stage activity ends with after it has written `(step, failed)` itself. */
export const STAGE_FAILED = 'StageFailed';

/**
 * The idempotency key of one effect: (variant or job, stage, generation). It is sent to the stage service, and the ids
 * of the rows and files of that effect are derived from it.
 */
export const effectKey = (unitId: string, stage: Stage, generation: number): string =>
  `${unitId}:${stage}:${generation}`;

/** Takes an `effectKey` apart; undefined when the text is none. */
export const parseEffectKey = (key: string): { unitId: string; stage: Stage; generation: number } | undefined => {
  const match = /^([0-9a-f-]{36}):([a-z_]+):([1-9]\d{0,8})$/.exec(key);
  const [, unitId, stage, generation] = match ?? [];
  if (!unitId || !stage || !(isVariantStage(stage) || isJobStage(stage))) return undefined;
  return { unitId, stage, generation: Number(generation) };
};
