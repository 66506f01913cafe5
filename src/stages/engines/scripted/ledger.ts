import type { Operation } from './script.js';

interface Count {
  started: number;
  active: number;
  mostActive: number;
}

/** Who was asked how often, and how many calls were at work at once. Waiting for a slot is not being at work. */
export class Ledger {
  private readonly counts = new Map<Operation, Count>();
  private readonly watchers = new Set<() => void>();

  /** Calls that reached the engine, however they ended. */
  started(operation: Operation): number {
    return this.of(operation).started;
  }

  /** The most calls of an operation that were at work at one moment. */
  mostActive(operation: Operation): number {
    return this.of(operation).mostActive;
  }

  /** Resolves when so many calls have reached the engine; nobody needs to sleep for it. */
  async whenStarted(operation: Operation, count: number): Promise<void> {
    while (this.started(operation) < count) {
      await new Promise<void>((resolve) => this.watchers.add(resolve));
    }
  }

  /** Writes a call down and tells how to close its entry. */
  enter(operation: Operation): () => void {
    const count = this.of(operation);
    count.started++;
    count.active++;
    count.mostActive = Math.max(count.mostActive, count.active);
    for (const wake of this.watchers) wake();
    this.watchers.clear();
    return () => {
      count.active--;
    };
  }

  /** Begins anew; calls at work still close their old entry. */
  clear(): void {
    this.counts.clear();
  }

  private of(operation: Operation): Count {
    const known = this.counts.get(operation) ?? { started: 0, active: 0, mostActive: 0 };
    this.counts.set(operation, known);
    return known;
  }
}
