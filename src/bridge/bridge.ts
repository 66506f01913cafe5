import { setTimeout as delay } from 'node:timers/promises';
import { jobWorkflowId, variantWorkflowId } from '../../workflows/contract.js';
import { isDatabaseAway } from '../db/is-database-away.js';
import { type Listener, type ListenerState, startListener } from '../db/listener.js';
import { logAbout } from '../log.js';
import { isTemporalAway } from '../temporal/is-temporal-away.js';
import { deliverJob, deliverText } from './deliver-job.js';
import { type Delivered, deliverVariant } from './deliver-variant.js';
import { claimBatch, giveBack, holdBack, type OutboxRow, postpone, removeDelivered, untilNextDue } from './outbox.js';
import { createSweep, type Sweeping } from './sweep.js';

export const WAKE_CHANNEL = 'pipeline_wake';
/** Deliveries under way at once: they mostly wait for Temporal. */
const PARALLEL = 8;
const AFTER_TROUBLE_MS = 500;
const LEAST_REST_MS = 20;

export interface BridgeSettings extends Sweeping {
  databaseUrl: string;
  reconnectDelay: number;
  probeInterval: number;
  maxAttempts: number;
  /** Told of every event once its delivery has ended, for those who count. */
  onDelivery?(event: OutboxRow, outcome: DeliveryOutcome): void;
}

export type DeliveryOutcome = 'delivered' | 'postponed' | 'failed';

export interface BridgeState {
  listener: Readonly<ListenerState>;
  /** When the outbox was last emptied; null before the first time. */
  lastDrained: Date | null;
  /** When rows and workflows were last compared; null before the first time. */
  lastReconciled: Date | null;
  lastTrouble: string | null;
}

/**
 * Carries what the triggers left in the outbox to Temporal. It works when it is woken, after every (re)connect, and on
 * a timer; any number of bridges may run side by side, because each leases the rows it delivers.
 */
export class Bridge {
  private readonly stopping = new AbortController();
  private listener: Listener | undefined;
  private rounds: Promise<unknown> = Promise.resolve();
  private wake: () => void = () => {};
  private isWoken = true;
  private lastDrained: Date | null = null;
  private lastReconciled: Date | null = null;
  private lastTrouble: string | null = null;

  constructor(private readonly settings: BridgeSettings) {}

  get state(): BridgeState {
    const listener = this.listener?.state ?? {
      connected: false,
      lastProvenAlive: null,
      reconnects: 0,
      lastTrouble: null,
    };
    const { lastDrained, lastReconciled, lastTrouble } = this;
    return { listener, lastDrained, lastReconciled, lastTrouble };
  }

  start(): void {
    const { databaseUrl: url, reconnectDelay, probeInterval, log } = this.settings;
    this.listener = startListener({
      url,
      channels: [WAKE_CHANNEL],
      reconnectDelay,
      probeInterval,
      log,
      onWake: () => {
        this.isWoken = true;
        this.wake();
      },
    });
    this.rounds = Promise.all([this.keepDraining(), this.keepSweeping()]);
  }

  /** Ends after the deliveries under way; what is left stays in the outbox. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.rounds;
    await this.listener?.close();
  }

  private async keepDraining(): Promise<void> {
    const { sweepInterval, log } = this.settings;
    while (!this.stopping.signal.aborted) {
      this.isWoken = false;
      let rest = Math.min(sweepInterval, AFTER_TROUBLE_MS);
      try {
        await this.drain();
        this.lastDrained = new Date();
        rest = await this.untilNextLook();
      } catch (error) {
        this.lastTrouble = (error as Error).message;
        log.warn(`[LISTENER] the outbox could not be read: ${this.lastTrouble}`);
      }
      await this.wokenOrDue(rest);
    }
  }

  /** Beside the draining: a Temporal server that does not answer must not hold up what arrives. */
  private async keepSweeping(): Promise<void> {
    const { signal } = this.stopping;
    const sweep = createSweep(this.settings);
    while (!signal.aborted) {
      try {
        await sweep();
        this.lastReconciled = new Date();
      } catch (error) {
        this.settings.log.warn(`[LISTENER] rows and workflows could not be compared: ${(error as Error).message}`);
      }
      await delay(this.settings.sweepInterval, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The sweep, or sooner: rows that were given back come due by themselves, and nobody rings for them. */
  private async untilNextLook(): Promise<number> {
    const due = await untilNextDue(this.settings.pool);
    if (due === null) this.lastTrouble = null;
    return Math.min(this.settings.sweepInterval, Math.max(due ?? Number.POSITIVE_INFINITY, LEAST_REST_MS));
  }

  private async wokenOrDue(milliseconds: number): Promise<void> {
    if (this.isWoken || this.stopping.signal.aborted) return;
    const timer = new AbortController();
    await Promise.race([
      new Promise<void>((resolve) => {
        this.wake = resolve;
      }),
      delay(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
  }

  private async drain(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const { lease, rows } = await claimBatch(this.settings.pool);
      if (rows.length === 0) break;
      const units = byUnit(rows);
      // Each lane takes the next unit until none is left.
      await Promise.all(
        Array.from({ length: PARALLEL }, async () => {
          for (let unit = units.shift(); unit; unit = units.shift()) await this.deliverNamed(lease, unit);
        }),
      );
    }
  }

  private look({ kind, jobId, variantId }: OutboxRow): Promise<Delivered> {
    if (kind === 'variant' && variantId) return deliverVariant(this.settings, variantId);
    return kind === 'text' ? deliverText(this.settings, jobId) : deliverJob(this.settings, jobId);
  }

  private deliverNamed(lease: string, rows: OutboxRow[]): Promise<void> {
    const [{ jobId, variantId }] = rows as [OutboxRow];
    const workflowId = variantId ? variantWorkflowId(variantId) : jobWorkflowId(jobId);
    return logAbout({ jobId, ...(variantId && { variantId }), workflowId }, () => this.deliver(lease, rows));
  }

  /** Several events of one unit are one look at it: the row is read as it is now. */
  private async deliver(lease: string, rows: OutboxRow[]): Promise<void> {
    const [{ kind, jobId, variantId }] = rows as [OutboxRow];
    const ids = rows.map((row) => row.outboxId);
    const { pool, log, sweepInterval, maxAttempts } = this.settings;
    const report = (outcome: DeliveryOutcome): void => {
      for (const row of rows) this.settings.onDelivery?.(row, outcome);
    };
    try {
      const delivered = await this.look(rows[0] as OutboxRow);
      if (delivered === 'delivered') await removeDelivered(pool, lease, ids);
      else if ('held' in delivered) await holdBack(pool, lease, ids, delivered.held);
      else await postpone(pool, lease, ids, delivered.later);
      report(delivered === 'delivered' ? 'delivered' : 'postponed');
    } catch (error) {
      report('failed');
      const message = (error as Error).message;
      const somebodyIsAway = isTemporalAway(error) || isDatabaseAway(error);
      log.warn({ err: error }, `[LISTENER] ${kind} ${variantId ?? jobId} could not be delivered: ${message}`);
      this.lastTrouble = message;
      await giveBack(pool, lease, ids, message, {
        longest: somebodyIsAway ? sweepInterval / 2 : 60_000,
        maxAttempts,
        counts: !somebodyIsAway,
      });
    }
  }
}

const byUnit = (rows: OutboxRow[]): OutboxRow[][] => {
  const units = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const unit = `${row.kind} ${row.variantId ?? row.jobId}`;
    units.set(unit, [...(units.get(unit) ?? []), row]);
  }
  return [...units.values()];
};
