import { defineSignal } from '@temporalio/workflow';

/**
 * The row may have changed: look at it again before ending. Carries the generation the sender saw, for people who read
 * the history; the row itself decides.
 */
export const lookAgain = defineSignal<[generation: number]>('lookAgain');
