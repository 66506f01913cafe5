import type { JobStage } from '../../workflows/contract.js';
import { jobStageCalledFor } from '../db/job-claims.js';

/** A job as it is now: what this system recorded of it, what its public row says, and what stands beside it. */
export interface JobState {
  recorded: { stage: string | null; status: string | null };
  published: { step: string | null; status: string | null };
  imageGeneration: 'internal' | 'external';
  /** Its inputs name a photo. */
  hasPhoto: boolean;
  variants: number;
  /** Every variant there is has settled, but YE makes them one by one and has not said that these are all. */
  awaitsSiblings: boolean;
  /** Milliseconds since its public row was last written. */
  age: number;
}

export type JobDecision =
  | { action: 'start'; stage: JobStage }
  /** Nobody else made variants: make them here. */
  | { action: 'create variants' }
  /** Its creator may still be writing; look again after so many milliseconds. */
  | { action: 'later'; milliseconds: number }
  | { action: 'nothing'; because: string };

/** What a front end leaves has no variants at first; a tool that writes them itself does so within this time. */
export const CREATOR_GRACE_MS = 3_000;

const nothing = (because: string): JobDecision => ({ action: 'nothing', because });

/** What a job asks of the bridge. Its own stages follow the recorded state alone: three systems write the public row. */
export function decideJob(job: JobState): JobDecision {
  const { stage, status } = job.recorded;
  const next = status === 'done' ? jobStageCalledFor(stage, status) : undefined;
  if (next) return { action: 'start', stage: next };
  // The run that starts here waits, bounded.
  if (job.awaitsSiblings) return { action: 'start', stage: 'ad_copy_gen_kor' };
  if (stage) return nothing(status === 'running' ? 'its variants or its own stages are at work' : `settled: ${status}`);

  if (job.variants > 0) return nothing('its variants speak for themselves');
  if (job.published.step !== 'user_img_input' || job.published.status !== 'done')
    return nothing('its input is not complete');
  if (job.imageGeneration === 'external') return nothing('image generation is outside');
  if (!job.hasPhoto) return nothing('it has no photo to begin with');
  const left = CREATOR_GRACE_MS - job.age;
  return left > 0 ? { action: 'later', milliseconds: left } : { action: 'create variants' };
}
