import type { Client } from '@temporalio/client';
import { variantWorkflowId } from '../../workflows/contract.js';
import type { Pool } from '../db/pool.js';
import { holderOf, type OpenTransaction } from './open-transactions.js';

/** What the database and Temporal know of one variant. */
export interface VariantFacts {
  variantId: string;
  jobId: string;
  tenantId: string | null;
  step: string | null;
  status: string | null;
  hasPicture: boolean;
  pictureIsGenerated: boolean;
  /** The row's own `updated_at`. */
  updatedAt: Date | null;
  /** It is older than the row's last event: whoever wrote did not set it. */
  updatedAtIsStale: boolean;
  /** Last changed before this system adopted the database. */
  isHistory: boolean;
  imageGeneration: 'internal' | 'external' | null;
  holder: OpenTransaction | null;
  /** Events the trigger left that have not been delivered. */
  events: { ageSeconds: number; attempts: number; lastError: string | null; isDead: boolean }[];
  run: { open: boolean; generation: number; reason: string | null } | null;
  /** The newest claim of the present generation. */
  claim: {
    stage: string;
    state: 'open' | 'done' | 'failed';
    failures: number;
    lost: number;
    lastEnding: string | null;
    outageSince: Date | null;
    reason: string | null;
    ageSeconds: number;
  } | null;
  wait: { evidence: string; stage: string; since: Date } | null;
  workflow: WorkflowFacts | null;
}

export interface WorkflowFacts {
  isOpen: boolean;
  /** A task that no worker has taken yet; null when there is none. */
  untaken: { what: string; queue: 'ad-pipeline' | 'image-generation'; seconds: number } | null;
}

interface Row extends Omit<VariantFacts, 'holder' | 'workflow' | 'claim' | 'wait'> {
  claim: (Omit<NonNullable<VariantFacts['claim']>, 'outageSince'> & { outageSince: string | null }) | null;
  wait: { evidence: string; stage: string; since: string } | null;
}

/** Undefined when there is no such variant (or its INSERT has not been committed). */
export async function gatherVariantFacts(
  { pool, temporal }: { pool: Pool; temporal: Client },
  variantId: string,
): Promise<VariantFacts | undefined> {
  const row = await readRow(pool, variantId);
  if (!row) return undefined;
  const [holder, workflow] = await Promise.all([
    holderOf(pool, variantId),
    // Temporal being away is a fact of the system's, not of the variant's.
    lookAtWorkflow(temporal, variantId).catch(() => null),
  ]);
  return {
    ...row,
    claim: row.claim && { ...row.claim, outageSince: row.claim.outageSince ? new Date(row.claim.outageSince) : null },
    wait: row.wait && { ...row.wait, since: new Date(row.wait.since) },
    holder,
    workflow,
  };
}

const readRow = async (pool: Pool, variantId: string): Promise<Row | undefined> => {
  const { rows } = await pool.query<Row>(
    `select v.job_variants_id as "variantId", v.job_id as "jobId", j.tenant_id as "tenantId", v.current_step as step, v.status,
            v.img_asset_id is not null as "hasPicture",
            coalesce(a.image_type = 'generated', false) as "pictureIsGenerated",
            v.updated_at as "updatedAt",
            coalesce(v.updated_at < e.newest - interval '1 s', false) as "updatedAtIsStale",
            coalesce(r.history, false) or coalesce(v.updated_at <= s.adopted_at, true) as "isHistory",
            p.image_generation as "imageGeneration",
            coalesce(e.events, '[]') as events,
            case when r.job_variants_id is not null
              then jsonb_build_object('open', r.open, 'generation', r.generation, 'reason', r.reason) end as run,
            c.claim, w.wait
       from jobs_variants v
       join jobs j on j.job_id = v.job_id
       cross join pipeline.settings s
       left join image_assets a on a.image_asset_id = v.img_asset_id
       left join pipeline.jobs p on p.job_id = v.job_id
       left join pipeline.runs r on r.job_variants_id = v.job_variants_id
       left join lateral (
         select max(o.created_at) as newest, jsonb_agg(jsonb_build_object(
                  'ageSeconds', extract(epoch from clock_timestamp() - o.created_at), 'attempts', o.attempts,
                  'lastError', o.last_error, 'isDead', o.dead_at is not null) order by o.outbox_id) as events
           from pipeline.outbox o where o.job_variants_id = v.job_variants_id) e on true
       left join lateral (
         select jsonb_build_object('stage', k.stage, 'state', k.state, 'failures', k.failures, 'lost', k.lost,
                  'lastEnding', k.last_ending, 'outageSince', k.outage_since, 'reason', k.reason,
                  'ageSeconds', extract(epoch from clock_timestamp() - k.updated_at)) as claim
           from pipeline.claims k where k.unit_id = v.job_variants_id and k.generation = coalesce(r.generation, 1)
          order by k.opened_at desc limit 1) c on true
       left join lateral (
         select jsonb_build_object('evidence', k.evidence, 'stage', k.stage, 'since', k.since) as wait
           from pipeline.waits k where k.unit_id = v.job_variants_id and k.settled_at is null
          order by k.since desc limit 1) w on true
      where v.job_variants_id = $1`,
    [variantId],
  );
  return rows[0];
};

/** Numbers of Temporal's API: status RUNNING; state SCHEDULED of a pending activity and of a pending workflow task. */
const RUNNING = 1;
const SCHEDULED = 1;

async function lookAtWorkflow(client: Client, variantId: string): Promise<WorkflowFacts | null> {
  const { raw } = await client.withDeadline(Date.now() + 3_000, () =>
    client.workflow.getHandle(variantWorkflowId(variantId)).describe(),
  );
  const secondsSince = (time: { seconds?: unknown } | null | undefined): number =>
    time?.seconds ? Math.max(0, Date.now() / 1_000 - Number(time.seconds)) : 0;
  const isOpen = raw.workflowExecutionInfo?.status === RUNNING;
  const task = raw.pendingWorkflowTask;
  if (isOpen && task?.state === SCHEDULED) {
    return { isOpen, untaken: { what: 'workflow', queue: 'ad-pipeline', seconds: secondsSince(task.scheduledTime) } };
  }
  const activity = raw.pendingActivities?.find(
    // A retry that is not due yet waits for its time, not for a worker.
    ({ state, scheduledTime }) => state === SCHEDULED && Number(scheduledTime?.seconds ?? 0) <= Date.now() / 1_000,
  );
  const what = activity?.activityType?.name;
  if (!isOpen || !activity || !what) return { isOpen, untaken: null };
  const queue = what === 'img_gen' ? 'image-generation' : 'ad-pipeline';
  return { isOpen, untaken: { what, queue, seconds: secondsSince(activity.scheduledTime) } };
}
