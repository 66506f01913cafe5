import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Environment } from './environment.js';

/** The contract's own place for assets; used when the database is not ours. */
const CONTRACT_ASSETS_DIR = '/opt/feedlyai/assets';
export const DEFAULT_SERVER_PORT = 8000;
export const DEFAULT_STAGES_PORT = 8011;
export const DEFAULT_WORKER_METRICS_PORT = 9464;

/** Thrown with one message that names every unusable variable and what it should look like. */
export class ConfigurationError extends Error {}

export interface TemporalTls {
  clientCert?: Buffer;
  clientKey?: Buffer;
  serverRootCACertificate?: Buffer;
  serverName?: string;
}

const readEnvironment = (env: NodeJS.ProcessEnv): Environment => {
  // Compose files and CI systems write VAR= to mean "not set".
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`Configuration is not usable:\n${lines.join('\n')}`);
};

const databaseUrl = (e: Environment): string | null => {
  if (e.DATABASE_URL) return e.DATABASE_URL;
  if (!e.DB_HOST) return null;
  const url = new URL(`postgresql://${e.DB_HOST}:${e.DB_PORT}/${encodeURIComponent(e.DB_NAME)}`);
  url.username = encodeURIComponent(e.DB_USER);
  url.password = encodeURIComponent(e.DB_PASSWORD ?? '');
  return url.toString();
};

const pem = (variable: string, file: string | undefined, data: string | undefined): Buffer | undefined => {
  if (data) return Buffer.from(data);
  if (!file) return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigurationError(`Configuration is not usable:\n  ${variable}: ${(error as Error).message}`);
  }
};

/** TLS as Temporal's own tools decide it: asked for, or implied by an API key or a certificate. */
const temporalTls = (e: Environment): TemporalTls | null => {
  const clientCert = pem(
    'TEMPORAL_TLS_CLIENT_CERT_PATH',
    e.TEMPORAL_TLS_CLIENT_CERT_PATH,
    e.TEMPORAL_TLS_CLIENT_CERT_DATA,
  );
  const clientKey = pem('TEMPORAL_TLS_CLIENT_KEY_PATH', e.TEMPORAL_TLS_CLIENT_KEY_PATH, e.TEMPORAL_TLS_CLIENT_KEY_DATA);
  const ca = pem(
    'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    e.TEMPORAL_TLS_SERVER_CA_CERT_PATH,
    e.TEMPORAL_TLS_SERVER_CA_CERT_DATA,
  );
  if (Boolean(clientCert) !== Boolean(clientKey)) {
    throw new ConfigurationError(
      'Configuration is not usable:\n  TEMPORAL_TLS_CLIENT_CERT_PATH: a client certificate and its key come together',
    );
  }
  const wanted = e.TEMPORAL_TLS ?? Boolean(e.TEMPORAL_API_KEY ?? clientCert ?? ca);
  if (!wanted) return null;
  return {
    ...(clientCert && clientKey && { clientCert, clientKey }),
    ...(ca && { serverRootCACertificate: ca }),
    ...(e.TEMPORAL_TLS_SERVER_NAME && { serverName: e.TEMPORAL_TLS_SERVER_NAME }),
  };
};

/**
 * The whole configuration, read once from the environment. Durations are milliseconds.
 * `null` for the database, Temporal or the stage service means "not configured": the stack then starts its own.
 * @throws ConfigurationError naming every variable that cannot be used.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env) {
  const e = readEnvironment(env);
  const dataDir = path.resolve(e.DATA_DIR);
  const url = databaseUrl(e);
  if (e.YH_PEER && !e.YH_BASE_URL) {
    throw new ConfigurationError(
      'Configuration is not usable:\n  YH_PEER: says what answers at YH_BASE_URL, which is not set',
    );
  }
  return Object.freeze({
    dataDir,
    assetsDir: path.resolve(e.ASSETS_DIR ?? (url ? CONTRACT_ASSETS_DIR : path.join(dataDir, 'assets'))),
    partName: e.PART_NAME,
    logLevel: e.LOG_LEVEL,
    database: Object.freeze({ url, poolSize: e.DB_POOL_SIZE, publishOwnWrites: e.PUBLISH_OWN_WRITES }),
    temporal: Object.freeze({
      address: e.TEMPORAL_ADDRESS ?? null,
      namespace: e.TEMPORAL_NAMESPACE,
      apiKey: e.TEMPORAL_API_KEY ?? null,
      tls: temporalTls(e),
      uiUrl: e.TEMPORAL_UI_URL ?? null,
    }),
    server: Object.freeze({
      host: e.SERVER_HOST,
      port: e.SERVER_PORT ?? DEFAULT_SERVER_PORT,
      portIsGiven: e.SERVER_PORT !== undefined,
      url: e.SERVER_URL ?? null,
      rateLimit: e.SERVER_RATE_LIMIT,
      isShared: e.PUBLIC_RESULTS,
      origins: Object.freeze(e.CORS_ORIGINS),
    }),
    stages: Object.freeze({
      host: e.HOST,
      port: e.PORT ?? DEFAULT_STAGES_PORT,
      portIsGiven: e.PORT !== undefined,
      baseUrl: e.YH_BASE_URL ?? null,
      apiKey: e.YH_API_KEY ?? null,
      /** The original answers there: it writes its own statuses and knows no idempotency keys. */
      arePeer: e.YH_PEER === 'original',
      timeout: e.STAGE_TIMEOUT,
      ocrWorkers: e.OCR_WORKERS,
      engines: Object.freeze({
        vision: e.VISION_ENGINE,
        detection: e.DETECTION_ENGINE,
        language: e.LANGUAGE_ENGINE,
        ocr: e.OCR_ENGINE,
      }),
    }),
    bridge: Object.freeze({
      enabled: e.ENABLE_JOB_STATE_LISTENER,
      reconnectDelay: e.JOB_STATE_LISTENER_RECONNECT_DELAY,
      probeInterval: e.LISTENER_PROBE_INTERVAL,
      sweepInterval: e.SWEEP_INTERVAL,
      maxAttempts: e.OUTBOX_MAX_ATTEMPTS,
    }),
    policy: Object.freeze({
      imageGeneration: e.IMAGE_GENERATION,
      variantsPerJob: e.VARIANTS_PER_JOB,
      jobMinDoneVariants: e.JOB_MIN_DONE_VARIANTS,
      maxVariantRetries: e.MAX_VARIANT_RETRY_COUNT,
      maxJobRetries: e.MAX_JOB_RETRY_COUNT,
      maxLostAttempts: e.MAX_LOST_ATTEMPTS,
      overlayTextGrace: e.OVERLAY_TEXT_GRACE,
      overlayTextPatience: e.OVERLAY_TEXT_PATIENCE,
      foreignPicturePatience: e.FOREIGN_PICTURE_PATIENCE,
      doorBPatience: e.DOOR_B_PATIENCE,
      outagePatience: e.OUTAGE_PATIENCE,
    }),
    pictures: Object.freeze({ maxMegapixels: e.IMAGE_MAX_MEGAPIXELS }),
    retention: Object.freeze({
      orphanFileAge: e.ORPHAN_FILE_AGE,
      answers: e.SAVED_ANSWER_AGE,
      waits: e.SETTLED_WAIT_AGE,
      deadLetters: e.DEAD_LETTER_AGE,
      audit: e.AUDIT_AGE,
      purgeInterval: e.PURGE_INTERVAL,
    }),
    worker: Object.freeze({
      stageSlots: e.STAGE_SLOTS,
      imageSlots: e.IMAGE_SLOTS,
      shutdownGrace: e.SHUTDOWN_GRACE,
      metricsHost: e.WORKER_METRICS_HOST,
      metricsPort: e.WORKER_METRICS_PORT ?? DEFAULT_WORKER_METRICS_PORT,
      metricsPortIsGiven: e.WORKER_METRICS_PORT !== undefined,
    }),
  });
}

export type Config = ReturnType<typeof loadConfig>;
