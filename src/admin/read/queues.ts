import type { Client } from '@temporalio/client';
import { IMAGE_TASK_QUEUE, PIPELINE_TASK_QUEUE } from '../../../workflows/contract.js';
import type { QueryResultRow } from 'pg';
import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';

export interface QueueNow {
  queue: string;
  kind: 'workflow' | 'activity';
  /** Who asks for work, and when last. */
  pollers: { identity: string; lastAccess: Date | null }[];
  /** Tasks that wait for a free slot, about. */
  backlog: number;
  oldestSeconds: number;
  /** Stages that are claimed now. */
  busy: number | null;
  slotsPerWorker: number | null;
}

export interface Intake {
  outbox: { waiting: number; held: number; oldestSeconds: number; dead: number };
  oldestWaiting: {
    kind: string;
    jobId: string | null;
    variantId: string | null;
    since: Date;
    lastError: string | null;
  }[];
  deadLetters: {
    outboxId: string;
    kind: string;
    jobId: string | null;
    variantId: string | null;
    attempts: number;
    lastError: string | null;
    deadAt: Date;
  }[];
  pauses: { tenantId: string | null; actor: string; note: string | null; since: Date }[];
}

const DEADLINE_MS = 3_000;
const MOST = 50;

/** The queues as Temporal sees them, beside what the claims say is at work. @throws when Temporal does not answer. */
export async function readQueues(
  pool: Pool,
  temporal: Client,
  slots: { stageSlots: number; imageSlots: number },
): Promise<QueueNow[]> {
  const { rows } = await pool.query<{ pictures: number; stages: number }>(
    `select count(*) filter (where stage = 'img_gen')::integer as pictures,
            count(*) filter (where stage <> 'img_gen')::integer as stages
       from pipeline.claims where state = 'open' and last_ending is null`,
  );
  const busy = rows[0] ?? { pictures: 0, stages: 0 };
  const describe = async (
    queue: string,
    kind: QueueNow['kind'],
    own: Pick<QueueNow, 'busy' | 'slotsPerWorker'>,
  ): Promise<QueueNow> => {
    const answer = await temporal.withDeadline(Date.now() + DEADLINE_MS, () =>
      temporal.workflowService.describeTaskQueue({
        namespace: temporal.options.namespace,
        taskQueue: { name: queue },
        taskQueueType: kind === 'workflow' ? 1 : 2,
        reportStats: true,
      }),
    );
    const seconds = Number(answer.stats?.approximateBacklogAge?.seconds ?? 0);
    return {
      queue,
      kind,
      pollers: (answer.pollers ?? []).map(({ identity, lastAccessTime }) => ({
        identity: identity ?? '',
        lastAccess: lastAccessTime ? new Date(Number(lastAccessTime.seconds) * 1_000) : null,
      })),
      backlog: Number(answer.stats?.approximateBacklogCount ?? 0),
      oldestSeconds: seconds,
      ...own,
    };
  };
  return Promise.all([
    describe(PIPELINE_TASK_QUEUE, 'workflow', { busy: null, slotsPerWorker: null }),
    describe(PIPELINE_TASK_QUEUE, 'activity', { busy: busy.stages, slotsPerWorker: slots.stageSlots }),
    describe(IMAGE_TASK_QUEUE, 'activity', { busy: busy.pictures, slotsPerWorker: slots.imageSlots }),
  ]);
}

/**
 * Events on their way to Temporal, as far as they are within reach: how many, the oldest, those that were given up, and
 * what is paused.
 */
export async function readIntake(pool: Pool, { tenantId }: Reach): Promise<Intake> {
  const columns = `o.kind, o.job_id as "jobId", o.job_variants_id as "variantId", o.last_error as "lastError"`;
  const within = `($1::text is null or exists (select from jobs j where j.job_id = o.job_id and j.tenant_id = $1))`;
  const waits = 'o.dead_at is null';
  const ask = <Row extends QueryResultRow>(query: string) => pool.query<Row>(query, [tenantId]);
  const [depth, oldest, dead, pauses] = await Promise.all([
    ask<Intake['outbox']>(
      `select count(*) filter (where ${waits} and o.held_at is null)::integer as waiting,
              count(*) filter (where ${waits} and o.held_at is not null)::integer as held,
              coalesce(extract(epoch from clock_timestamp()
                - min(o.created_at) filter (where ${waits} and o.held_at is null)), 0)::float8 as "oldestSeconds",
              count(*) filter (where o.dead_at is not null)::integer as dead
         from pipeline.outbox o where ${within}`,
    ),
    ask<Intake['oldestWaiting'][number]>(
      `select ${columns}, o.created_at as since from pipeline.outbox o
        where o.dead_at is null and ${within} order by o.outbox_id limit ${MOST}`,
    ),
    ask<Intake['deadLetters'][number]>(
      `select o.outbox_id::text as "outboxId", ${columns}, o.attempts, o.dead_at as "deadAt"
         from pipeline.outbox o where o.dead_at is not null and ${within} order by o.dead_at desc limit ${MOST}`,
    ),
    ask<Intake['pauses'][number]>(
      `select tenant_id as "tenantId", actor, note, created_at as since from pipeline.pauses
        where $1::text is null or tenant_id is null or tenant_id = $1 order by created_at`,
    ),
  ]);
  return {
    outbox: depth.rows[0] ?? { waiting: 0, held: 0, oldestSeconds: 0, dead: 0 },
    oldestWaiting: oldest.rows,
    deadLetters: dead.rows,
    pauses: pauses.rows,
  };
}
