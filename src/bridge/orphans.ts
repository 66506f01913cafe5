import type { Reconciliation } from './reconcile.js';

/** A run this young may belong to a row whose transaction has only just been seen. */
const YOUNGEST_MS = 60_000;
const CHUNK = 500;

/**
 * Wakes open runs whose row is gone and that wait for something: their next claim finds nothing, and they end. A row that
 * is deleted leaves an event; this is for rows that went without one, with a database put back to an older copy.
 * Returns the workflow ids woken.
 */
export async function wakeOrphans(
  r: Pick<Reconciliation, 'pool' | 'runs' | 'log'>,
  youngest = YOUNGEST_MS,
): Promise<string[]> {
  const woken: string[] = [];
  for await (const workflowId of findOrphans(r, youngest)) {
    // One that is at work or has been woken already finds out by itself.
    if ((await r.runs.look(workflowId)) !== 'waiting') continue;
    await r.runs.wake(workflowId);
    r.log.info({ workflowId }, `[LISTENER] ${workflowId} was woken: its row is gone`);
    woken.push(workflowId);
  }
  return woken;
}

/** Open runs, older than `youngest` in milliseconds, whose row is gone. */
export async function* findOrphans(
  r: Pick<Reconciliation, 'pool' | 'runs'>,
  youngest = YOUNGEST_MS,
): AsyncIterable<string> {
  let chunk: string[] = [];
  for await (const workflowId of r.runs.openSince(new Date(Date.now() - youngest))) {
    chunk.push(workflowId);
    if (chunk.length < CHUNK) continue;
    yield* await withoutRow(r, chunk);
    chunk = [];
  }
  yield* await withoutRow(r, chunk);
}

const OURS = /^(variant|job)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

async function withoutRow({ pool }: Pick<Reconciliation, 'pool'>, workflowIds: string[]): Promise<string[]> {
  const ours = workflowIds.flatMap((workflowId) => {
    const [, kind, unitId] = OURS.exec(workflowId) ?? [];
    return kind && unitId ? [{ workflowId, kind, unitId }] : [];
  });
  if (ours.length === 0) return [];
  const { rows } = await pool.query<{ workflow_id: string }>(
    `select u.workflow_id from unnest($1::text[], $2::text[], $3::uuid[]) as u (workflow_id, kind, unit_id)
      where case u.kind when 'variant' then not exists (select from jobs_variants v where v.job_variants_id = u.unit_id)
                        else not exists (select from jobs j where j.job_id = u.unit_id) end`,
    [ours.map((one) => one.workflowId), ours.map((one) => one.kind), ours.map((one) => one.unitId)],
  );
  return rows.map((row) => row.workflow_id);
}
