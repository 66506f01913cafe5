import { describe, expect, it } from 'vitest';
import { CREATOR_GRACE_MS, decideJob, type JobDecision, type JobState } from '../../../src/bridge/decide-job.js';

const fresh: JobState = {
  recorded: { stage: null, status: null },
  published: { step: 'user_img_input', status: 'done' },
  imageGeneration: 'internal',
  hasPhoto: true,
  variants: 0,
  awaitsSiblings: false,
  age: CREATOR_GRACE_MS,
};

const shorthand = (decision: JobDecision): string => {
  if (decision.action === 'start') return decision.stage;
  return decision.action === 'nothing' ? '.' : decision.action;
};

describe('decideJob, recorded', () => {
  const STATUSES = ['queued', 'running', 'done', 'failed'];
  it.each([
    ['img_gen', '. . . .'],
    ['vlm_analyze', '. . . .'],
    ['readability_eval', '. . . .'],
    ['iou_eval', '. . ad_copy_gen_kor .'],
    ['ad_copy_gen_kor', '. . instagram_feed_gen .'],
    ['instagram_feed_gen', '. . . .'],
  ])('%s', (stage, expected) => {
    for (const published of ['user_img_input', 'ad_copy_gen_kor', 'img_gen']) {
      const answers = STATUSES.map((status) =>
        shorthand(decideJob({ ...fresh, recorded: { stage, status }, published: { step: published, status: 'done' } })),
      );
      expect(answers.join(' ')).toBe(expected);
    }
  });
});

describe('decideJob, Door B', () => {
  it.each([
    ['running', 'ad_copy_gen_kor'],
    ['done', 'ad_copy_gen_kor'],
  ])('(iou_eval, %s) that awaits siblings starts the run that waits for them', (status, expected) => {
    const job = { ...fresh, recorded: { stage: 'iou_eval', status }, variants: 1, awaitsSiblings: true };
    expect(shorthand(decideJob(job))).toBe(expected);
  });
});

describe('decideJob, not yet recorded', () => {
  it.each<[string, Partial<JobState>, string]>([
    ['a photo, no variants, old enough', {}, 'create variants'],
    ['its creator may still be writing', { age: CREATOR_GRACE_MS - 1 }, 'later'],
    ['variants are there', { variants: 1 }, '.'],
    ['made outside', { imageGeneration: 'external' }, '.'],
    ['no photo', { hasPhoto: false }, '.'],
    ['another step', { published: { step: 'ad_copy_eng', status: 'done' } }, '.'],
    ['a step of ours that nobody recorded', { published: { step: 'ad_copy_gen_kor', status: 'done' } }, '.'],
    ['not done', { published: { step: 'user_img_input', status: 'running' } }, '.'],
  ])('%s', (_, given, expected) => {
    expect(shorthand(decideJob({ ...fresh, ...given }))).toBe(expected);
  });

  it('says how long to wait', () => {
    expect(decideJob({ ...fresh, age: 1_000 })).toEqual({ action: 'later', milliseconds: CREATOR_GRACE_MS - 1_000 });
  });
});
