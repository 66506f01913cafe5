import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { seededRandom } from './seeded-random.js';
import type { Scene } from './scene.js';

export interface ImageGeneration {
  variants: number;
  /** Milliseconds between one finished picture and the next. */
  apart: number;
  /** Whether it says at the end that no more will come. */
  closes: boolean;
}

/**
 * Image generation as YE does it (Door B): a variant is inserted at `(vlm_analyze, queued)` when its picture is finished,
 * and a second transaction touches `updated_at`, because only updates are announced; at last the job says so.
 */
export async function playImageGeneration(
  scene: Scene,
  jobId: string,
  { variants, apart, closes }: ImageGeneration,
): Promise<string[]> {
  const setJob = (step: string, status: string): Promise<unknown> =>
    scene.foreign.query('update jobs set current_step = $2, status = $3, updated_at = now() where job_id = $1', [
      jobId,
      step,
      status,
    ]);
  const ids: string[] = [];
  await setJob('gen_vlm_analyze', 'done');
  await setJob('img_gen', 'running');
  for (let ordinal = 1; ordinal <= variants; ordinal++) {
    // Not the test's wait: this is how long a picture takes.
    if (ordinal > 1) await delay(apart);
    const id = randomUUID();
    await scene.foreign.query(
      `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
       values ($1, $2, $3, $4, 'vlm_analyze', 'queued')`,
      [id, jobId, await scene.picture(), ordinal],
    );
    await scene.foreign.query('update jobs_variants set updated_at = now() where job_variants_id = $1', [id]);
    ids.push(id);
  }
  if (closes) await setJob('img_gen', 'done');
  return ids;
}

/** What the front end writes into the job's row, its own progress and a state that is not its to write. */
const FRONT_END_WRITES = [
  ['kor_to_eng', 'running'],
  ['kor_to_eng', 'done'],
  ['ad_copy_eng', 'running'],
  ['ad_copy_eng', 'done'],
  ['user_img_input', 'done'],
  ['ad_copy_gen_kor', 'done'],
] as const;

/** A front end that writes the job's row at random moments until it is told to stop. Returns how often it wrote. */
export async function playFrontEnd(scene: Scene, jobId: string, seed: number, signal: AbortSignal): Promise<number> {
  const random = seededRandom(seed);
  let writes = 0;
  // The worst first: before any variant is done.
  let [step, status]: readonly [string, string] = ['ad_copy_gen_kor', 'done'];
  while (!signal.aborted) {
    await scene.foreign.query('update jobs set current_step = $2, status = $3, updated_at = now() where job_id = $1', [
      jobId,
      step,
      status,
    ]);
    writes++;
    [step, status] = FRONT_END_WRITES[Math.floor(random() * FRONT_END_WRITES.length)] as readonly [string, string];
    await delay(20 + random() * 180, undefined, { signal }).catch(() => undefined);
  }
  return writes;
}
