import { z } from 'zod';
import { duration } from './duration.js';
import { DETECTION_ENGINES, LANGUAGE_ENGINES, OCR_ENGINES, VISION_ENGINES } from './engine-names.js';

const TRUE = new Set(['true', '1', 'yes', 'on']);
const FALSE = new Set(['false', '0', 'no', 'off']);

const switchWord = z.string().transform((text, context) => {
  const word = text.trim().toLowerCase();
  if (TRUE.has(word)) return true;
  if (FALSE.has(word)) return false;
  context.addIssue({ code: 'custom', message: `"${text}" is not a switch; write true or false` });
  return z.NEVER;
});
const flag = (fallback: boolean) => switchWord.default(fallback);

const count = (fallback: number, minimum = 1) => z.coerce.number().int().min(minimum).default(fallback);
const port = z.coerce.number().int().min(1).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:8011' });

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const isLoopback = (host: string): boolean => LOOPBACK.test(host);
/** Nothing here asks who is calling yet, so nothing here listens where strangers can call. */
const loopbackHost = z
  .string()
  .default('127.0.0.1')
  .refine(isLoopback, 'must be a loopback address (127.0.0.1, ::1 or localhost)');

const Variables = z.object({
  // PostgreSQL: one URL, or the contract's five parts.
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  DB_HOST: z.string().optional(),
  DB_PORT: port.default(5432),
  DB_NAME: z.string().default('feedlyai'),
  DB_USER: z.string().default('feedlyai'),
  DB_PASSWORD: z.string().optional(),
  DB_POOL_SIZE: count(10),
  /** Whether our own writes are announced on the published channels, as foreign ones always are. */
  PUBLISH_OWN_WRITES: flag(true),

  // Temporal, by the names its own tools use.
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^/\s]+:\d+$/, 'must be host:port, for example 127.0.0.1:7233')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: switchWord.optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_CERT_DATA: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_DATA: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: z.string().optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
  TEMPORAL_UI_URL: httpUrl.optional(),

  // Where things are kept and served.
  DATA_DIR: z.string().default('.data'),
  ASSETS_DIR: z.string().optional(),
  PART_NAME: z
    .string()
    .regex(/^[a-z0-9_-]+$/, 'may hold a-z, 0-9, - and _')
    .default('yh'),
  /** Another address than loopback is refused at start while there is no API key (`keys create`). */
  SERVER_HOST: z.string().default('127.0.0.1'),
  SERVER_PORT: port.optional(),
  /** Where commands find the server when it is not on SERVER_HOST and SERVER_PORT as seen from here. */
  SERVER_URL: httpUrl.optional(),
  /** Requests a minute that one API key (or one address without a key) may make of the server. */
  SERVER_RATE_LIMIT: count(1200),
  /** Whether results and pictures are shown to everybody, without a key. */
  PUBLIC_RESULTS: flag(false),
  /** Sites whose pages may call the server, separated by commas. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((origin) => origin.trim().replace(/\/$/, '') || []))
    .refine((origins) => origins.every((origin) => /^https?:\/\/[^/\s]+$/.test(origin)), {
      message: 'must be a list of origins such as https://app.example.com, separated by commas',
    }),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.optional(),
  YH_BASE_URL: httpUrl.optional(),
  /** Where a worker shows its metrics. */
  WORKER_METRICS_HOST: loopbackHost,
  WORKER_METRICS_PORT: port.optional(),
  /** What callers of the stage service must show once it is set; without it nobody is asked, on loopback alone. */
  YH_API_KEY: z.string().min(16, 'must have at least 16 characters').optional(),

  // Who thinks for the stages, one engine per capability. "embedded" needs no weights and no network.
  VISION_ENGINE: z.enum(VISION_ENGINES).default('embedded'),
  DETECTION_ENGINE: z.enum(DETECTION_ENGINES).default('embedded'),
  LANGUAGE_ENGINE: z.enum(LANGUAGE_ENGINES).default('embedded'),
  OCR_ENGINE: z.enum(OCR_ENGINES).default('embedded'),
  /** What answers at YH_BASE_URL: left out for this project's own stage service. */
  YH_PEER: z
    .enum(['original'], { error: 'may only say "original"; leave it out for the own stage service' })
    .optional(),

  // Intake.
  ENABLE_JOB_STATE_LISTENER: flag(true),
  JOB_STATE_LISTENER_RECONNECT_DELAY: duration('5s'),
  LISTENER_PROBE_INTERVAL: duration('2s'),
  SWEEP_INTERVAL: duration('5s'),
  OUTBOX_MAX_ATTEMPTS: count(8),

  // Policy.
  IMAGE_GENERATION: z.enum(['internal', 'external']).default('internal'),
  VARIANTS_PER_JOB: count(3),
  JOB_MIN_DONE_VARIANTS: count(1),
  MAX_VARIANT_RETRY_COUNT: count(3, 0),
  MAX_JOB_RETRY_COUNT: count(3, 0),
  MAX_LOST_ATTEMPTS: count(10),
  OVERLAY_TEXT_GRACE: duration('15s'),
  OVERLAY_TEXT_PATIENCE: duration('1h'),
  /** How long a picture that image generation outside has begun is waited for before it is made here. */
  FOREIGN_PICTURE_PATIENCE: duration('15m'),
  /** How long after its last variant a job of Door B waits for more of them, or for the word that none will come. */
  DOOR_B_PATIENCE: duration('15m'),
  OUTAGE_PATIENCE: duration('24h'),

  // How long things are kept that nothing needs any more.
  ORPHAN_FILE_AGE: duration('7d'),
  SAVED_ANSWER_AGE: duration('30d'),
  SETTLED_WAIT_AGE: duration('30d'),
  DEAD_LETTER_AGE: duration('90d'),
  AUDIT_AGE: duration('365d'),
  PURGE_INTERVAL: duration('1h'),

  // How much at once.
  STAGE_SLOTS: count(16),
  IMAGE_SLOTS: count(2),
  /** The largest photo that is taken, in millions of pixels. */
  IMAGE_MAX_MEGAPIXELS: count(200),
  OCR_WORKERS: count(1),
  STAGE_TIMEOUT: duration('2m'),
  SHUTDOWN_GRACE: duration('20s'),

  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Every environment variable this system reads, with its default. Durations become milliseconds. */
export const Environment = Variables.refine(({ HOST, YH_API_KEY }) => isLoopback(HOST) || YH_API_KEY !== undefined, {
  path: ['HOST'],
  message: 'must be a loopback address (127.0.0.1, ::1 or localhost) unless YH_API_KEY is set',
}).refine(({ ORPHAN_FILE_AGE, OUTAGE_PATIENCE }) => ORPHAN_FILE_AGE > OUTAGE_PATIENCE, {
  path: ['ORPHAN_FILE_AGE'],
  // A stage that waits out an outage has files already, and no rows yet.
  message: 'must be longer than OUTAGE_PATIENCE',
});
export type Environment = z.infer<typeof Environment>;
