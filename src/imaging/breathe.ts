import { setImmediate } from 'node:timers/promises';

/** Lets waiting events run between two stretches of pixel work, so that heartbeats and requests are not held up. */
export const breathe = (): Promise<void> => setImmediate();
