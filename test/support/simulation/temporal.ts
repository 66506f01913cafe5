import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { StageOrder } from '../../../activities/claims.js';
import { type StageOutcome, stageAfter, type VariantStage } from '../../../workflows/contract.js';
import { type Position, type Road, travel } from '../../../workflows/road.js';
import { currentRun, type RunContext } from './fake-workflow.js';
import type { Turns } from './turns.js';

export type StageActivities = Record<VariantStage, (order: StageOrder) => Promise<StageOutcome<VariantStage>>>;

export interface Workers {
  activities: StageActivities;
  findWork(): Promise<Position<VariantStage> | null>;
  recordFailure(order: StageOrder, stage: VariantStage, reason: string): Promise<void>;
  /** Time passes: a timer of so many milliseconds has fired. */
  passTime(milliseconds: number): Promise<void>;
}

interface Run extends RunContext {
  /** Asked after every signal. */
  wakers: Set<() => void>;
  cancel(): void;
  cancelled: Promise<never>;
}

/**
 * As much of Temporal as one variant needs: at most one open run, `signalWithStart`, activities that are repeated until
 * they answer, attempts that are believed lost while they still run, and cancellation. The workflow is the real one.
 */
export class SimulatedTemporal {
  private run: Run | undefined;
  private readonly attempts = new Set<() => void>();
  runs = 0;
  endings: string[] = [];

  constructor(
    private readonly turns: Turns,
    private readonly unit: { variantId: string; jobId: string },
    private readonly workers: Workers,
  ) {}

  get hasOpenRun(): boolean {
    return this.run !== undefined;
  }

  signalWithStart(generation: number, stage: VariantStage): void {
    this.run ??= this.start({ generation, stage });
    this.run.handler?.();
    for (const wake of this.run.wakers) wake();
  }

  /** A worker dies, or is paused: its attempt is given up and repeated, and may still wake up late. False when none runs. */
  loseAttempt(pick: number): boolean {
    const attempts = [...this.attempts];
    const lose = attempts[pick % (attempts.length || 1)];
    lose?.();
    return lose !== undefined;
  }

  /** As the Web UI does it: nobody has told the row. */
  cancel(): void {
    this.run?.cancel();
  }

  private start(at: Position<VariantStage>): Run {
    this.runs++;
    let cancel = (): void => {};
    const cancelled = new Promise<never>((_, reject) => {
      cancel = () => {
        run.isCancelled = true;
        reject(new CancelledFailure('cancelled'));
      };
    });
    cancelled.catch(() => undefined);
    const run: Run = {
      isCancelled: false,
      handler: undefined,
      wakers: new Set(),
      cancel,
      cancelled,
      condition: (isTrue, milliseconds = 0) => this.condition(run, isTrue, milliseconds),
    };
    this.turns.act(async () => {
      try {
        const end = await currentRun.run({ run, isShielded: false }, () => travel(this.road(run), at));
        this.endings.push(end);
        this.run = undefined;
      } catch (error) {
        this.endings.push((error as Error).message);
        this.run = error instanceof ContinueAsNew ? this.start(error.position) : undefined;
      }
    });
    return run;
  }

  private async condition(run: Run, isTrue: () => boolean, milliseconds: number): Promise<boolean> {
    if (run.isCancelled) throw new CancelledFailure('cancelled');
    if (isTrue()) return true;
    const label = `timer ${this.runs}.${this.turns.taken}`;
    let isOver = false;
    const fired = new Promise<boolean>((resolve) =>
      this.turns.act(async () => {
        await this.turns.take(label, true);
        if (!isOver) await this.workers.passTime(milliseconds);
        resolve(false);
      }),
    );
    let wake = (): void => {};
    const woken = new Promise<boolean>((resolve) => {
      wake = () => isTrue() && resolve(true);
      run.wakers.add(wake);
    });
    try {
      return await this.turns.standingBy(Promise.race([fired, woken, run.cancelled]));
    } finally {
      isOver = true;
      run.wakers.delete(wake);
      this.turns.forget(label);
    }
  }

  private road(run: Run): Road<VariantStage> {
    const { variantId: unitId, jobId } = this.unit;
    const order = (generation: number): StageOrder => ({ unitId, jobId, generation });
    return {
      perform: (at) => this.activity(run, at.stage, () => this.workers.activities[at.stage](order(at.generation))),
      after: stageAfter,
      startAnew: async (at) => {
        throw new ContinueAsNew(at);
      },
      findWork: () => this.activity(run, 'find_variant_work', () => this.workers.findWork()),
      recordFailure: (at, reason) =>
        this.activity(run, 'fail_variant', () => this.workers.recordFailure(order(at.generation), at.stage, reason)),
    };
  }

  private async activity<T>(run: Run, type: string, work: () => Promise<T>): Promise<T> {
    const isShielded = currentRun.getStore()?.isShielded ?? false;
    const failed = (cause: Error): ActivityFailure =>
      new ActivityFailure('Activity task failed', type, '1', 'NON_RETRYABLE_FAILURE', 'road', cause);
    if (run.isCancelled && !isShielded) throw new CancelledFailure('cancelled');
    const result = this.attemptUntilAnswered(type, work);
    result.catch(() => undefined);
    try {
      return await this.turns.standingBy(isShielded ? result : Promise.race([result, run.cancelled]));
    } catch (error) {
      throw failed(error as Error);
    }
  }

  private async attemptUntilAnswered<T>(type: string, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const attempt = (): void =>
        this.turns.act(async () => {
          await this.turns.take(type);
          let isLost = false;
          const lose = (): void => {
            isLost = true;
            this.attempts.delete(lose);
            attempt();
          };
          this.attempts.add(lose);
          try {
            const answer = await work();
            // The row says so already; the workflow does not know it yet, and may never hear of it.
            await this.turns.take(`${type} answers`);
            if (!isLost) resolve(answer);
          } catch (error) {
            await this.turns.take(`${type} answers`);
            if (isLost) return;
            if (error instanceof ApplicationFailure && error.nonRetryable) reject(error);
            else attempt();
          } finally {
            this.attempts.delete(lose);
          }
        });
      attempt();
    });
  }
}

/** A run that ends in another of the same id. */
class ContinueAsNew extends Error {
  constructor(readonly position: Position<VariantStage>) {
    super(`continued at ${position.stage}`);
  }
}
