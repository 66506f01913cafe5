import type { ActivityOptions } from '@temporalio/workflow';
import { IMAGE_TASK_QUEUE } from './contract.js';

/**
 * Stage activities count their failures in the database and say themselves when it is enough, so Temporal may retry
 * for ever. The heartbeat notices a dead worker within seconds; a stage quicker than the first beat (2 s) sends none.
 */
const STAGE = {
  heartbeatTimeout: '4s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
} satisfies ActivityOptions;

/** A guarded UPDATE: quick and safe to repeat, so retried for as long as the database is away. */
export const STATUS_WRITE = {
  startToCloseTimeout: '15s',
  retry: { initialInterval: '200ms', maximumInterval: '15s' },
} satisfies ActivityOptions;

/** A call of the stage service: a repeat is answered from what it saved. */
export const STAGE_CALL = { ...STAGE, startToCloseTimeout: '5m' } satisfies ActivityOptions;

/** A call that a language model may be paid for: the same, with time for a slow model. */
export const PAID_MODEL_CALL = { ...STAGE, startToCloseTimeout: '10m' } satisfies ActivityOptions;

/** A picture: costs a core for seconds, so it has a queue and slots of its own. */
export const PICTURE = { ...STAGE, startToCloseTimeout: '10m', taskQueue: IMAGE_TASK_QUEUE } satisfies ActivityOptions;
