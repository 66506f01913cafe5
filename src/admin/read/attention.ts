import type { AwaitedEvidence } from '../../../workflows/contract.js';

/**
 * How long each kind of evidence may be waited for, in milliseconds. What is not named here has no bound: a job without
 * English copy rests for as long as it takes.
 */
export type WaitPatience = Readonly<Partial<Record<AwaitedEvidence, number>>>;

/*
 * What an operator should look at, as words in an array. Both name their row `v` or `j`; `$patience` is a WaitPatience as
 * jsonb.
 */

const isPastItsBound = (patience: string, unitId: string): string => `exists (
    select from pipeline.waits w where w.unit_id = ${unitId} and w.settled_at is null
       and w.since + (${patience} ->> w.evidence)::float8 * interval '1 ms' < clock_timestamp())`;

/** A variant: failed, waiting past its bound, running although nobody works on it, or not to be delivered. */
export const variantAttention = (patience: string): string => `array_remove(array[
  case when v.status = 'failed' then 'failed' end,
  case when ${isPastItsBound(patience, 'v.job_variants_id')} then 'waiting past its bound' end,
  case when v.status = 'running' and exists (select from pipeline.runs r where r.job_variants_id = v.job_variants_id and r.open)
            and not exists (select from pipeline.claims c where c.unit_id = v.job_variants_id and c.state = 'open')
       then 'running without owner' end,
  case when exists (select from pipeline.outbox o where o.job_variants_id = v.job_variants_id and o.dead_at is not null)
       then 'not deliverable' end], null)`;

/** A job itself; its variants are looked at apart. */
export const jobAttention = (patience: string): string => `array_remove(array[
  case when j.status = 'failed' then 'failed' end,
  case when ${isPastItsBound(patience, 'j.job_id')} then 'waiting past its bound' end,
  case when p.stage in ('ad_copy_gen_kor', 'instagram_feed_gen') and p.status = 'running'
            and not exists (select from pipeline.claims c where c.unit_id = j.job_id and c.state = 'open')
       then 'running without owner' end,
  case when exists (select from pipeline.outbox o where o.job_id = j.job_id and o.kind = 'job' and o.dead_at is not null)
       then 'not deliverable' end], null)`;
