import type { Client } from '@temporalio/client';
import { request } from 'undici';
import type { Pool } from '../db/pool.js';
import { askWorkers, lookAtQueues, type QueueFacts, type WorkerAnswer } from '../temporal/workers.js';
import { type OpenTransaction, openTransactions } from './open-transactions.js';

export interface Sources {
  pool: Pool;
  temporal: Client;
  serverUrl: string;
  stagesUrl: string;
}

export interface TriggerState {
  name: string;
  table: string;
  /** `pg_trigger.tgenabled`: D is disabled, R fires for replicas only; null when there is no such trigger. */
  enabled: 'O' | 'A' | 'R' | 'D' | null;
  /** What it calls. */
  calls: string | null;
}

export interface ListenerFacts {
  ok: boolean;
  lastProvenAlive: Date | null;
  /** Said by the server when intake is stopped by its configuration. */
  isOff: boolean;
  trouble: string | null;
}

/** What one look at every part of the road found. Nothing here throws: what cannot be reached is a fact. */
export interface SystemFacts {
  at: Date;
  server: { url: string; listener: ListenerFacts | null; trouble: string | null };
  triggers: TriggerState[];
  temporal: { trouble: string | null; queues: QueueFacts[]; workers: WorkerAnswer };
  stages: { url: string; trouble: string | null };
  transactions: OpenTransaction[];
  /** Intake held by an operator, for one tenant or (null) for all. */
  pauses: Pause[];
}

export interface Pause {
  tenantId: string | null;
  actor: string;
  since: Date;
}

const DEADLINE_MS = 8_000;

/** The triggers of the contract: a variant without any of them goes unheard or uncounted. */
export const TRIGGERS = [
  { name: 'job_variant_state_change_trigger', table: 'jobs_variants' },
  { name: 'check_all_variants_done_trigger', table: 'jobs_variants' },
  { name: 'job_state_change_trigger', table: 'jobs' },
] as const;

/** `workflowId` names the workflow that workers are asked about; without it they are asked about the newest. */
export async function gatherSystemFacts(sources: Sources, workflowId?: string): Promise<SystemFacts> {
  const [server, triggers, temporal, stages, transactions, pauses] = await Promise.all([
    lookAtServer(sources.serverUrl),
    lookAtTriggers(sources.pool),
    lookAtTemporal(sources.temporal, workflowId),
    lookAtStages(sources.stagesUrl),
    openTransactions(sources.pool),
    lookAtPauses(sources.pool),
  ]);
  return { at: new Date(), server, triggers, temporal, stages, transactions, pauses };
}

export async function lookAtServer(url: string): Promise<SystemFacts['server']> {
  try {
    const answer = await request(new URL('/health', url), { headersTimeout: DEADLINE_MS, bodyTimeout: DEADLINE_MS });
    const { details } = (await answer.body.json()) as { details?: Record<string, Record<string, unknown>> };
    const listener = details?.listener;
    if (!listener) return { url, listener: null, trouble: `answered ${answer.statusCode}, but not as our server does` };
    const text = (key: string): string | null => (typeof listener[key] === 'string' ? listener[key] : null);
    const proven = text('lastProvenAlive');
    return {
      url,
      listener: {
        ok: listener.status === 'up',
        lastProvenAlive: proven ? new Date(proven) : null,
        isOff: text('reason')?.includes('ENABLE_JOB_STATE_LISTENER') ?? false,
        trouble: text('lastTrouble') ?? text('reason'),
      },
      trouble: null,
    };
  } catch (error) {
    return { url, listener: null, trouble: describeTrouble(error) };
  }
}

export async function lookAtPauses(pool: Pool): Promise<Pause[]> {
  const { rows } = await pool.query<Pause>(
    'select tenant_id as "tenantId", actor, created_at as since from pipeline.pauses order by created_at',
  );
  return rows;
}

export async function lookAtTriggers(pool: Pool): Promise<TriggerState[]> {
  const { rows } = await pool.query<TriggerState>(
    `select wanted.name, wanted."table", t.tgenabled as enabled, t.tgfoid::regproc::text as calls
       from unnest($1::text[], $2::text[]) as wanted (name, "table")
       left join pg_trigger t on t.tgname = wanted.name and t.tgrelid = to_regclass('public.' || wanted."table")`,
    [TRIGGERS.map(({ name }) => name), TRIGGERS.map(({ table }) => table)],
  );
  return rows;
}

export async function lookAtTemporal(client: Client, workflowId?: string): Promise<SystemFacts['temporal']> {
  try {
    const queues = await lookAtQueues(client);
    return { trouble: null, queues, workers: await askWorkers(client, workflowId) };
  } catch (error) {
    return { trouble: describeTrouble(error), queues: [], workers: 'nothing to ask about' };
  }
}

export async function lookAtStages(url: string): Promise<SystemFacts['stages']> {
  try {
    const answer = await request(new URL('/healthz', url), { headersTimeout: 3_000, bodyTimeout: 3_000 });
    await answer.body.dump();
    return { url, trouble: answer.statusCode === 200 ? null : `answered ${answer.statusCode}` };
  } catch (error) {
    return { url, trouble: describeTrouble(error) };
  }
}

const DEADLINE_EXCEEDED = 4;

/** Node's errors for "every address refused" have a code and no text. */
export const describeTrouble = (error: unknown): string => {
  const { message, code } = error as Error & { code?: string | number };
  // gRPC tells at length where in its own insides the time went.
  if (code === DEADLINE_EXCEEDED) return 'no answer in time';
  return (message || String(code ?? error)).split('\n')[0] as string;
};
