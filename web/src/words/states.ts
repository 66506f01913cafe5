import { isVariantStage, VARIANT_STAGES } from '../../../workflows/contract.js';
import type { Words } from './index.js';

/** Where a row stands, as far as a person cares. */
export type Mood = 'waiting' | 'working' | 'ready' | 'failed' | 'cancelled';

interface State {
  step: string | null;
  status: string | null;
  reason: string | null;
}

export function moodOf({ step, status, reason }: State): Mood {
  if (status === 'failed') return reason === 'cancelled' ? 'cancelled' : 'failed';
  if (step === 'iou_eval' && status === 'done') return 'ready';
  if (step === 'user_img_input' || (step === 'img_gen' && status === 'queued')) return 'waiting';
  return 'working';
}

export function jobMoodOf({ step, status, reason }: State): Mood {
  if (status === 'failed') return reason === 'cancelled' ? 'cancelled' : 'failed';
  if (step === 'instagram_feed_gen' && status === 'done') return 'ready';
  if (step === 'user_img_input') return 'waiting';
  return 'working';
}

export const stageWords = (step: string | null, words: Words): string => (step && words.stage[step]) || step || '';

/** The stage that is done next or now: a row that says "done" has the following one before it. */
export function stageNow({ step, status }: { step: string | null; status: string | null }): string | null {
  if (!step || status !== 'done') return step;
  if (step === 'user_img_input') return VARIANT_STAGES[0];
  return (isVariantStage(step) && VARIANT_STAGES[VARIANT_STAGES.indexOf(step) + 1]) || step;
}

/** Share of the way that is behind it, 0 to 1. */
export function progressOf({ step, status }: { step: string | null; status: string | null }): number {
  if (!step || !isVariantStage(step)) return 0;
  const behind = VARIANT_STAGES.indexOf(step) + (status === 'done' ? 1 : status === 'running' ? 0.5 : 0);
  return behind / VARIANT_STAGES.length;
}

/** "Placing the text, step 4 of 9", "Ready", "Stopped: Placing the text". */
export function stateWords(state: State, words: Words): string {
  const mood = moodOf(state);
  if (mood === 'ready') return words.state.ready;
  if (mood === 'waiting') return words.state.waiting;
  if (mood !== 'working') return `${words.state[mood]}: ${stageWords(state.step, words)}`;
  const stage = stageNow(state);
  const number = stage && isVariantStage(stage) ? VARIANT_STAGES.indexOf(stage) + 1 : 0;
  return number > 0
    ? `${stageWords(stage, words)}, ${words.step(number, VARIANT_STAGES.length)}`
    : stageWords(stage, words);
}
