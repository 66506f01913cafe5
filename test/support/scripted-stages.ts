import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/config/package-root.js';
import { freePort } from '../../src/stack/ports.js';
import type { Operation } from '../../src/stages/engines/scripted/script.js';
import { parseEffectKey, type Stage } from '../../workflows/contract.js';
import { untilAnswered } from './child-answer.js';

/** What a stage does instead of simply working. Counts go down as they are used up. */
export interface StageLines {
  /** Meant for calls of this unit (variant or job) alone. */
  only?: string;
  delayMs?: number;
  /** So many calls wait at the door until `release()`. */
  hang?: number;
  /** So many calls are answered 500. */
  fail?: number;
  /** So many calls are answered 400: this input is bad. */
  refuse?: number;
  /** So many calls are answered 503, with `retryAfter` (1) seconds. */
  away?: number;
  retryAfter?: number;
}

/** The same for what the stages ask of models; `die` is "the model is away", `hang` holds until `release()`. */
export interface ModelLines {
  delayMs?: number;
  hang?: number;
  fail?: number;
  die?: number;
}

export interface StagesScript {
  stages?: { [S in Exclude<Stage, 'img_gen'>]?: StageLines | StageLines[] };
  models?: { [O in Operation]?: ModelLines };
}

/** For good: JSON has no infinity. */
export const ALWAYS = 1e9;

export type LedgerEntry =
  | { at: number; kind: 'call'; stage: Stage; key: string | null }
  | { at: number; kind: 'answer'; stage: Stage; key: string | null; status: number; body: unknown }
  /** `mostActive`: how many of the kind have been at work at once so far. */
  | { at: number; kind: 'model'; operation: Operation; mostActive: number };

/** A stage service in a process of its own, with scripted models and the ledger of what was asked of it. */
export class ScriptedStages {
  private child: ChildProcess | undefined;
  private readonly watchers = new Set<() => void>();

  private constructor(
    readonly url: string,
    private readonly ledgerFile: string,
    private readonly env: Record<string, string>,
  ) {}

  static async start(settings: {
    databaseUrl: string;
    assetsDir: string;
    folder: string;
    timeoutMs?: number;
    picturesAtOnce?: number;
  }): Promise<ScriptedStages> {
    const port = await freePort();
    const ledgerFile = path.join(settings.folder, 'stages-ledger.jsonl');
    writeFileSync(ledgerFile, '');
    const stages = new ScriptedStages(`http://127.0.0.1:${port}`, ledgerFile, {
      DATABASE_URL: settings.databaseUrl,
      ASSETS_DIR: settings.assetsDir,
      PORT: String(port),
      LEDGER: ledgerFile,
      ...(settings.timeoutMs && { STAGE_TIMEOUT_MS: String(settings.timeoutMs) }),
      ...(settings.picturesAtOnce && { PICTURES_AT_ONCE: String(settings.picturesAtOnce) }),
    });
    await stages.start();
    return stages;
  }

  get pid(): number {
    return this.child?.pid as number;
  }

  /** Also after `kill`; it comes up where it was, with an empty script and the old ledger. */
  async start(): Promise<void> {
    this.child = fork(path.join(packageRoot, 'test/support/scripted-stages.mjs'), [], {
      env: { ...process.env, ...this.env },
      execArgv: ['--enable-source-maps'],
    });
    this.child.on('message', (message) => {
      if (message !== 'news') return;
      for (const wake of this.watchers) wake();
      this.watchers.clear();
    });
    await this.answer('ready');
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await exit;
  }

  /** Replaces the whole script; what it does not name works as ever. */
  async play(script: StagesScript): Promise<void> {
    this.child?.send({ play: script });
    await this.answer('heard');
  }

  /** Lets go every call that hangs now, or those of one unit that hang at the door. */
  async release(unitId?: string): Promise<void> {
    this.child?.send({ release: unitId ?? 'all' });
    await this.answer('heard');
  }

  ledger(): LedgerEntry[] {
    return readFileSync(this.ledgerFile, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LedgerEntry);
  }

  /** Calls by the pipeline for one unit (variant or job), in order. */
  calls(unitId: string): Stage[] {
    return this.ledger().flatMap((entry) =>
      entry.kind === 'call' && entry.key && parseEffectKey(entry.key)?.unitId === unitId ? [entry.stage] : [],
    );
  }

  /** Resolves when the ledger satisfies the question; woken by each new entry. */
  async until(question: (ledger: LedgerEntry[]) => boolean): Promise<void> {
    for (;;) {
      const news = new Promise<void>((resolve) => this.watchers.add(resolve));
      if (question(this.ledger())) return;
      await news;
    }
  }

  /** Resolves when so many calls of a stage have come in. */
  untilCalled(stage: Stage, count: number, unitId?: string): Promise<void> {
    return this.until(
      (ledger) =>
        ledger.filter(
          (entry) =>
            entry.kind === 'call' &&
            entry.stage === stage &&
            (!unitId || (entry.key && parseEffectKey(entry.key)?.unitId === unitId)),
        ).length >= count,
    );
  }

  private answer(expected: string): Promise<void> {
    return untilAnswered(this.child as ChildProcess, expected, 'the scripted stage service');
  }
}
