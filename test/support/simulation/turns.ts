interface Waiting {
  label: string;
  isTimer: boolean;
  go(): void;
}

/**
 * Hands out turns: every actor stops before each of its steps, and of those that stand there one goes on. So whoever
 * picks the turns picks the interleaving, and the same picks give the same run.
 */
export class Turns {
  private waiting: Waiting[] = [];
  /** Actors that are between two turns, on their way. */
  private active = 0;
  taken = 0;

  /** Stands until this turn is picked. A timer's is picked only on purpose, or when nothing else is left to do. */
  async take(label: string, isTimer = false): Promise<void> {
    const turn = new Promise<void>((resolve) => {
      this.waiting.push({ label, isTimer, go: resolve });
    });
    await this.standingBy(turn);
  }

  /** Waits for something that another actor does. */
  async standingBy<T>(something: Promise<T>): Promise<T> {
    this.active--;
    try {
      return await something;
    } finally {
      this.active++;
    }
  }

  /** Lets somebody act beside the others. */
  act(work: () => Promise<unknown>): void {
    this.active++;
    void work().finally(() => this.active--);
  }

  /** Until every actor stands before a turn, waits for another, or has ended. */
  async settle(): Promise<void> {
    // More than one round: who was waited for may have ended in the last one.
    for (let quietRounds = 0; quietRounds < 2; ) {
      await new Promise((resolve) => setImmediate(resolve));
      quietRounds = this.active === 0 ? quietRounds + 1 : 0;
    }
  }

  /** One of those that stand goes on; false when nobody stands there. */
  async step(pick: number, withTimers = true): Promise<boolean> {
    await this.settle();
    const ready = this.waiting.filter((one) => withTimers || !one.isTimer);
    // Timers last: when only they stand there, time passes.
    const next = ready[pick % (ready.length || 1)] ?? this.waiting[0];
    if (!next) return false;
    this.waiting.splice(this.waiting.indexOf(next), 1);
    this.taken++;
    next.go();
    await this.settle();
    return true;
  }

  /** The turn of one that stands there is not wanted any more. */
  forget(label: string): void {
    for (const one of this.waiting.filter((each) => each.label === label)) one.go();
    this.waiting = this.waiting.filter((each) => each.label !== label);
  }

  get labels(): string[] {
    return this.waiting.map((one) => one.label);
  }
}
