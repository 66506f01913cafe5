import type { Reach } from '../../auth/reach.js';
import { startListener, type Listener } from '../../db/listener.js';
import type { Pool } from '../../db/pool.js';
import { isUuid } from '../../db/uuid.js';
import type { Logger } from '../../log.js';
import { inWire, newSnapshot, type ServerEvent } from './sse.js';

export interface RowChange {
  jobId: string;
  /** Null for a change of the job itself. */
  variantId: string | null;
  tenantId: string | null;
  step: string | null;
  status: string | null;
  retryCount: number;
  updatedAt: Date | null;
  reason: string | null;
  /** Of a variant: the finished picture, else the generated one. */
  pictureUrl: string | null;
  selected: boolean;
}

export interface HubSettings {
  databaseUrl: string;
  pool: Pool;
  log: Logger;
  reconnectDelay: number;
  probeInterval: number;
}

/** Changes that come close together are read together, and reach every page in one piece: nobody sees so short a wait. */
const GATHER_MS = 200;
/** More rows than this at once are a reason to fetch anew. */
const MOST_ROWS = 500;
const PING_MS = 15_000;

const CHANNELS = ['job_state_changed', 'job_variant_state_changed'];

/**
 * Tells the connected what changes: `snapshot` (whatever a client knows may be old; the first event of every connection,
 * and after every gap), `job` and `variant` (a `RowChange`), and `ping` (nothing; proves the connection). The published
 * channels wake it; what it tells is read from the rows, because anybody can send a notification. Listens only while
 * somebody listens to it.
 */
export class EventHub {
  /** Everybody who listens, with how far they reach. */
  private readonly subscribers = new Map<(text: string) => void, Reach>();
  private readonly jobs = new Set<string>();
  private readonly variants = new Set<string>();
  private listener: Listener | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private pinging: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly settings: HubSettings) {}

  /** Begins with a snapshot event; `send` gets events of what is within reach, as they travel. Returns how to stop. */
  subscribe(reach: Reach, send: (text: string) => void): () => void {
    this.subscribers.set(send, reach);
    if (!this.listener && !this.isClosed) this.start();
    send(inWire([newSnapshot()]));
    return () => {
      this.subscribers.delete(send);
      if (this.subscribers.size === 0) void this.stop();
    };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.stop();
  }

  private start(): void {
    const { databaseUrl: url, reconnectDelay, probeInterval, log } = this.settings;
    this.listener = startListener({
      url,
      channels: CHANNELS,
      reconnectDelay,
      probeInterval,
      log,
      // Without a notification it has (re)connected: what happened meanwhile was not heard.
      onWake: (heard) => (heard ? this.note(heard.payload) : this.tell([newSnapshot()])),
    });
    this.pinging = setInterval(() => this.tell([{ type: 'ping', data: {} }]), PING_MS);
  }

  private async stop(): Promise<void> {
    clearTimeout(this.gathering);
    clearInterval(this.pinging);
    this.gathering = undefined;
    const { listener } = this;
    this.listener = undefined;
    await listener?.close();
  }

  private tell(events: ServerEvent[]): void {
    if (events.length === 0) return;
    const text = inWire(events);
    for (const send of this.subscribers.keys()) send(text);
  }

  /** Each text is written once for all who are told the same. */
  private tellRows(rows: RowChange[]): void {
    const texts = new Map<string | null, string>();
    for (const [send, { tenantId }] of this.subscribers) {
      const own = tenantId === null ? rows : rows.filter((row) => row.tenantId === tenantId);
      if (own.length === 0) continue;
      const text =
        texts.get(tenantId) ?? inWire(own.map((row) => ({ type: row.variantId ? 'variant' : 'job', data: row })));
      texts.set(tenantId, text);
      send(text);
    }
  }

  private note(payload: string): void {
    const { jobId, variantId } = idsIn(payload);
    if (variantId) this.variants.add(variantId);
    else if (jobId) this.jobs.add(jobId);
    else return;
    this.gathering ??= setTimeout(() => void this.tellGathered(), GATHER_MS);
  }

  private async tellGathered(): Promise<void> {
    this.gathering = undefined;
    const [jobs, variants] = [[...this.jobs], [...this.variants]];
    this.jobs.clear();
    this.variants.clear();
    if (jobs.length + variants.length > MOST_ROWS) return this.tell([newSnapshot()]);
    try {
      const { rows } = await this.settings.pool.query<RowChange>(CHANGES, [jobs, variants]);
      this.tellRows(rows);
    } catch (error) {
      this.settings.log.warn({ err: error }, 'changes could not be read; clients are told to fetch anew');
      this.tell([newSnapshot()]);
    }
  }
}

function idsIn(payload: string): { jobId?: string; variantId?: string } {
  try {
    const { job_id: jobId, job_variants_id: variantId } = JSON.parse(payload) as Record<string, unknown>;
    return {
      ...(typeof jobId === 'string' && isUuid(jobId) && { jobId }),
      ...(typeof variantId === 'string' && isUuid(variantId) && { variantId }),
    };
  } catch {
    return {};
  }
}

const CHANGES = `
select j.job_id as "jobId", null::uuid as "variantId", j.tenant_id as "tenantId", j.current_step as step, j.status,
       coalesce(j.retry_count, 0) as "retryCount", j.updated_at as "updatedAt", p.reason,
       null as "pictureUrl", false as selected
  from jobs j left join pipeline.jobs p using (job_id) where j.job_id = any($1::uuid[])
union all
select v.job_id, v.job_variants_id, j.tenant_id, v.current_step, v.status, coalesce(v.retry_count, 0), v.updated_at,
       r.reason, coalesce(f.image_url, g.image_url), coalesce(v.selected, false)
  from jobs_variants v join jobs j on j.job_id = v.job_id
  left join pipeline.runs r using (job_variants_id)
  left join image_assets f on f.image_asset_id = v.overlaid_img_asset_id
  left join image_assets g on g.image_asset_id = v.img_asset_id
 where v.job_variants_id = any($2::uuid[])`;
