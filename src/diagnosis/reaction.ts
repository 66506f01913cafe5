import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { isVariantStage, VARIANT_STAGES } from '../../workflows/contract.js';
import { startListener } from '../db/listener.js';
import type { Pool } from '../db/pool.js';

/** What the guide's reader wants to know after writing `(img_gen, done)`. */
export type Reaction =
  /** `(vlm_analyze, running)` or later. */
  | 'started'
  /** `(vlm_analyze, queued)`: heard, but no worker has taken it. */
  | 'no worker free'
  /** The first stage has already refused it. */
  | 'failed'
  /** The row is as it was written. */
  | 'not heard';

export interface ReactionSeen {
  variantId: string;
  step: string | null;
  status: string | null;
  reaction: Reaction;
}

/** In case a notification is lost with its connection. */
const LOOK_EVERY_MS = 500;

export function reactionOf(step: string | null, status: string | null): Reaction {
  if (!step || !isVariantStage(step) || step === 'img_gen') return 'not heard';
  if (status === 'failed') return 'failed';
  return step === 'vlm_analyze' && status === 'queued' ? 'no worker free' : 'started';
}

const isFinal = ({ reaction }: ReactionSeen): boolean => reaction === 'started' || reaction === 'failed';

/** Says of each variant how the pipeline reacted; waits for those that may still do, at most `patienceMs`. */
export async function awaitReactions(
  { pool, url }: { pool: Pool; url: string },
  variantIds: string[],
  patienceMs: number,
): Promise<ReactionSeen[]> {
  let wake = (): void => {};
  const listener = startListener({
    url,
    channels: ['job_variant_state_changed'],
    reconnectDelay: 1_000,
    probeInterval: 60_000,
    log: pino({ level: 'silent' }),
    onWake: () => wake(),
  });
  const deadline = Date.now() + patienceMs;
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const seen = await look(pool, variantIds);
      if (seen.every(isFinal) || Date.now() >= deadline) return seen;
      const patience = new AbortController();
      const rest = delay(Math.min(LOOK_EVERY_MS, deadline - Date.now()), undefined, { signal: patience.signal });
      await Promise.race([woken, rest.catch(() => undefined)]);
      patience.abort();
    }
  } finally {
    await listener.close();
  }
}

async function look(pool: Pool, variantIds: string[]): Promise<ReactionSeen[]> {
  const { rows } = await pool.query<Omit<ReactionSeen, 'reaction'>>(
    `select id as "variantId", v.current_step as step, v.status
       from unnest($1::uuid[]) with ordinality as wanted (id, place) left join jobs_variants v on v.job_variants_id = id
      order by place`,
    [variantIds],
  );
  return rows.map((row) => ({ ...row, reaction: reactionOf(row.step, row.status) }));
}

/** How far along the eight stages a row is, 0..1; a settled one is there. */
export const shareDone = (step: string | null, status: string | null): number => {
  const index = step && isVariantStage(step) ? VARIANT_STAGES.indexOf(step) : 0;
  const last = VARIANT_STAGES.length - 1;
  return index === last && status !== 'done' ? (last - 0.5) / last : index / last;
};
