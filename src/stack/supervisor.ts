import path from 'node:path';
import type { Config } from '../config/config.js';
import { packageRoot } from '../config/package-root.js';
import { MigrationRefused, migrate } from '../db/migrate.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { checkDatabase } from './external-database.js';
import { checkTemporal } from './external-temporal.js';
import { type KeptAlive, keepAlive, type Running } from './kept-alive.js';
import { type NodeProcess, startNodeProcess } from './node-process.js';
import { choosePort } from './ports.js';
import { httpUrl, type ReadyLine, withoutPassword } from './ready-line.js';
import { childRecord, lockDataDir, type StackLock, type StackState } from './stack-lock.js';
import { waitForNamespace } from './temporal-namespace.js';
import { type EmbeddedTemporal, startTemporalServer } from './temporal-server.js';
import { describe, type Say, UserError } from './user-error.js';

/** Who depends on others stops before them; what has no entry here does not exist. */
const STOP_ORDER = ['server', 'worker', 'stages', 'temporal', 'postgres'] as const;
type PartName = (typeof STOP_ORDER)[number];
type ProgramName = 'server' | 'worker' | 'stages';

/** Beyond the time a process takes to finish its work, before it is ended by force. */
const STOP_MARGIN = 10_000;

export interface SupervisorOptions {
  config: Config;
  env: NodeJS.ProcessEnv;
  say: Say;
  /** File descriptor for what our processes write. */
  output: number;
  /** Other scripts than the built ones: tests of the supervisor itself. */
  programs?: Partial<Record<ProgramName, string>>;
}

/**
 * Starts what is not configured (PostgreSQL, Temporal, the stage service) and our three processes on top, keeps them
 * running, and stops them in order. One per DATA_DIR.
 */
export class Supervisor {
  private readonly parts = new Map<PartName, KeptAlive>();
  private readonly stopping = new AbortController();
  private lock: StackLock | undefined;
  private state: StackState | undefined;
  private starting: Promise<ReadyLine> | undefined;
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: SupervisorOptions) {}

  /** @throws UserError, after everything already started has been stopped again. */
  async start(): Promise<ReadyLine> {
    this.starting = this.startAll();
    try {
      return await this.starting;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Also in the middle of a start. Asked twice, it is done once. */
  stop(): Promise<void> {
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  /** For those who will not wait for a stop in order: nothing is lost that a restart does not pick up again. */
  hurry(): void {
    this.options.say('stopping at once');
    for (const name of STOP_ORDER) this.parts.get(name)?.kill();
  }

  private async startAll(): Promise<ReadyLine> {
    const { config, say } = this.options;
    // First of all: beside a running stack its own port would be the "taken" one, and the wrong thing to complain of.
    this.lock = await lockDataDir(config.dataDir, 'stack', say);
    this.state = { purpose: 'stack', startedAt: new Date().toISOString(), children: [] };
    const ports = await this.choosePorts();
    await this.checkConfiguredServices();

    const [postgres, temporal] = await together(this.stopping.signal, [
      (signal) => this.startPostgres(signal),
      (signal) => this.startTemporal(signal),
    ]);
    const databaseUrl = postgres?.url ?? (config.database.url as string);
    await this.migrate(databaseUrl);

    const stagesUrl = config.stages.baseUrl ?? httpUrl(config.stages.host, ports.stages);
    const env = this.childEnvironment({ databaseUrl, temporal, stagesUrl, ports });
    const programs: ProgramName[] = config.stages.baseUrl ? ['worker', 'server'] : ['stages', 'worker', 'server'];
    say(`starting ${programs.join(', ')}`);
    await together(
      this.stopping.signal,
      programs.map((name) => (signal) => this.startProgram(name, env, signal)),
    );

    const serverUrl = httpUrl(config.server.host, ports.server);
    this.state.ready = {
      event: 'ready',
      serverUrl,
      dashboardUrl: `${serverUrl}/`,
      stagesUrl,
      healthUrl: `${serverUrl}/health`,
      temporalAddress: env.TEMPORAL_ADDRESS as string,
      temporalNamespace: config.temporal.namespace,
      temporalUiUrl: temporal?.uiUrl ?? config.temporal.uiUrl,
      databaseUrl: postgres ? databaseUrl : withoutPassword(databaseUrl),
      assetsDir: config.assetsDir,
      dataDir: config.dataDir,
      pids: this.pids(),
    };
    this.record();
    return this.state.ready;
  }

  /** Before anything is started: the commonest trouble should cost no time. */
  private async choosePorts(): Promise<{ server: number; stages: number }> {
    const { server, stages } = this.options.config;
    return {
      server: await choosePort({ variable: 'SERVER_PORT', ...server, given: server.portIsGiven }),
      stages: stages.baseUrl
        ? stages.port
        : await choosePort({ variable: 'PORT', host: stages.host, port: stages.port, given: stages.portIsGiven }),
    };
  }

  private async checkConfiguredServices(): Promise<void> {
    const { config, env, say } = this.options;
    await Promise.all([
      config.database.url && checkDatabase(config.database.url, env.DATABASE_URL ? 'DATABASE_URL' : 'DB_HOST'),
      config.temporal.address && checkTemporal(config.temporal, say),
    ]);
  }

  private async startPostgres(signal: AbortSignal): Promise<EmbeddedPostgres | null> {
    const { config, say } = this.options;
    if (config.database.url) return null;
    signal.throwIfAborted();
    const settings = { dataDir: config.dataDir, say };
    const first = await startEmbeddedPostgres(settings);
    this.keep('postgres', first, () => startEmbeddedPostgres({ ...settings, port: first.port }));
    return first;
  }

  private async startTemporal(signal: AbortSignal): Promise<EmbeddedTemporal | null> {
    const { config, say } = this.options;
    if (config.temporal.address) return null;
    const { namespace } = config.temporal;
    const settings = { dataDir: config.dataDir, say, namespace };
    const first = await startTemporalServer({ ...settings, signal });
    this.keep('temporal', first, (again) => startTemporalServer({ ...settings, ports: first.ports, signal: again }));
    await waitForNamespace({ address: first.address, namespace });
    return first;
  }

  private async migrate(databaseUrl: string): Promise<void> {
    this.stopping.signal.throwIfAborted();
    try {
      const { applied } = await migrate(databaseUrl);
      if (applied.length > 0) this.options.say(`migrations applied: ${applied.join(', ')}`);
    } catch (error) {
      if (error instanceof MigrationRefused) throw error;
      const { host, pathname } = new URL(databaseUrl);
      throw new UserError(
        `The migrations could not be applied to ${host}${pathname}: ${describe(error)}. Run "npm run migrate" with a role ` +
          'that may create tables there.',
      );
    }
  }

  private async startProgram(name: ProgramName, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
    const { config, output, programs } = this.options;
    const start = (until: AbortSignal): Promise<NodeProcess> =>
      startNodeProcess({
        name,
        script: programs?.[name] ?? path.join(packageRoot, 'dist', 'src', `${name}.js`),
        env,
        output,
        patience: config.worker.shutdownGrace + STOP_MARGIN,
        signal: until,
      });
    this.keep(name, await start(signal), start);
  }

  private childEnvironment({ databaseUrl, temporal, stagesUrl, ports }: ChildAddresses): NodeJS.ProcessEnv {
    const { config, env } = this.options;
    const own: NodeJS.ProcessEnv = {
      // Both are read before a program's first line runs, so they can only be given to it. Encoding pictures must not
      // make file reads wait, and malloc's usual arenas, one a thread, look like a leak after some hundred pictures.
      UV_THREADPOOL_SIZE: String(2 * config.worker.imageSlots + 4),
      MALLOC_ARENA_MAX: '2',
      ...env,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal?.address ?? (config.temporal.address as string),
      TEMPORAL_UI_URL: temporal?.uiUrl ?? config.temporal.uiUrl ?? '',
      YH_BASE_URL: stagesUrl,
      ASSETS_DIR: config.assetsDir,
      SERVER_PORT: String(ports.server),
      PORT: String(ports.stages),
      DATA_DIR: config.dataDir,
    };
    if (temporal) {
      // Meant for another server; the embedded one speaks neither TLS nor keys.
      for (const name of Object.keys(own)) if (/^TEMPORAL_(API_KEY|TLS)/.test(name)) delete own[name];
    }
    return own;
  }

  private keep<T extends Running>(name: PartName, first: T, again: (signal: AbortSignal) => Promise<T>): void {
    const { say } = this.options;
    this.parts.set(name, keepAlive({ name, first, again, say, onChange: () => this.record() }));
    this.record();
  }

  private pids(): ReadyLine['pids'] {
    const pid = (name: PartName): number | null => this.parts.get(name)?.pid() ?? null;
    const list = (name: PartName): number[] => [pid(name)].filter((found) => found !== null);
    return {
      server: list('server'),
      worker: list('worker'),
      stages: list('stages'),
      postgres: pid('postgres'),
      temporal: pid('temporal'),
    };
  }

  /** Writes down who runs now, for `npm run demo` beside us and for a successor that has to tidy up after us. */
  private record(): void {
    if (!this.state || !this.lock || this.stopped) return;
    const pids = this.pids();
    this.state.children = (['server', 'worker', 'stages'] as const).flatMap((name) =>
      pids[name].map((pid) => childRecord(name, pid)),
    );
    if (this.state.ready) this.state.ready.pids = pids;
    this.lock.update(this.state);
  }

  private async stopAll(): Promise<void> {
    this.stopping.abort(new UserError('Stopped while starting.'));
    await this.starting?.catch(() => {});
    for (const name of STOP_ORDER) {
      const part = this.parts.get(name);
      if (!part) continue;
      await part.stop();
      this.parts.delete(name);
    }
    this.lock?.release();
  }
}

interface ChildAddresses {
  databaseUrl: string;
  temporal: EmbeddedTemporal | null;
  stagesUrl: string;
  ports: { server: number; stages: number };
}

/** Starts things side by side. When one fails the others are told, and all have come to rest before this rejects. */
async function together<Results extends unknown[]>(
  signal: AbortSignal,
  starts: { [Index in keyof Results]: (signal: AbortSignal) => Promise<Results[Index]> },
): Promise<Results> {
  const failed = new AbortController();
  let reason: unknown;
  const either = AbortSignal.any([signal, failed.signal]);
  const outcomes = await Promise.allSettled(
    (starts as ((signal: AbortSignal) => Promise<unknown>)[]).map(async (start) => {
      try {
        return await start(either);
      } catch (error) {
        if (!failed.signal.aborted) {
          reason = error;
          failed.abort(error);
        }
        throw error;
      }
    }),
  );
  if (failed.signal.aborted) throw reason;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as Results;
}
