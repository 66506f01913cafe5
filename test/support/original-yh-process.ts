import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { packageRoot } from '../../src/config/package-root.js';
import { freePort } from '../../src/stack/ports.js';
import type { PeerCall } from './original-yh.js';
import { untilAnswered } from './child-answer.js';

/** The original's stage service in a process of its own: it can be killed and comes up again where it was. */
export class OriginalYhProcess {
  /** Every call that has come in, in order, whoever answered it. */
  readonly calls: PeerCall[] = [];
  private child: ChildProcess | undefined;
  private readonly watchers = new Set<() => void>();

  private constructor(
    private readonly databaseUrl: string,
    private readonly port: number,
  ) {}

  static async start(databaseUrl: string): Promise<OriginalYhProcess> {
    const yh = new OriginalYhProcess(databaseUrl, await freePort());
    await yh.start();
    return yh;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.child = fork(path.join(packageRoot, 'test/support/original-yh-main.ts'), [], {
      env: { ...process.env, DATABASE_URL: this.databaseUrl, PORT: String(this.port) },
      execArgv: ['--import', path.join(packageRoot, 'test/support/typescript.mjs')],
    });
    this.child.on('message', (message) => {
      if (typeof message === 'string') return;
      this.calls.push(message as PeerCall);
      for (const wake of this.watchers) wake();
      this.watchers.clear();
    });
    await this.answer('ready');
  }

  /** From now on these calls never come to an end. */
  async standStill(calls: PeerCall[]): Promise<void> {
    this.child?.send(calls);
    await this.answer('heard');
  }

  async untilCalled({ stage, unitId }: PeerCall): Promise<void> {
    for (;;) {
      const news = new Promise<void>((resolve) => this.watchers.add(resolve));
      if (this.calls.some((call) => call.stage === stage && call.unitId === unitId)) return;
      await news;
    }
  }

  async kill(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  private answer(expected: string): Promise<void> {
    return untilAnswered(this.child as ChildProcess, expected, "the original's stand-in");
  }
}
