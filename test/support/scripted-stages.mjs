// The stage service with models that do as they are told: slow, failing, hanging, away. A process of its own that is
// started with an IPC channel; it listens on loopback, takes its script as a message, and writes each call, each answer
// and each question to a model into a ledger file at once, so that the ledger outlives a SIGKILL.
import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createAssetStore } from '../../dist/src/assets/asset-store.js';
import { createPool } from '../../dist/src/db/pool.js';
import { sharp } from '../../dist/src/imaging/sharp.js';
import { createLogger } from '../../dist/src/log.js';
import { ENDPOINTS } from '../../dist/src/stage-api/endpoints.js';
import { createStageApp } from '../../dist/src/stages/app.js';
import { createEngines } from '../../dist/src/stages/engines/engines.js';
import { scriptEngines } from '../../dist/src/stages/engines/scripted/scripted-engines.js';

const { DATABASE_URL, ASSETS_DIR, PORT, LEDGER, LOG_LEVEL, STAGE_TIMEOUT_MS, PICTURES_AT_ONCE } = process.env;
const log = createLogger('stages', LOG_LEVEL ?? 'fatal');
const STAGE_AT = new Map(Object.entries(ENDPOINTS).map(([stage, path]) => [path, stage]));

let script = { stages: {}, models: {} };
/** Calls that hang at the door. */
let held = [];

const note = (entry) => {
  appendFileSync(LEDGER, `${JSON.stringify({ at: Date.now(), ...entry })}\n`);
  // Says only that there is news; the file is what counts.
  process.send?.('news', undefined, undefined, () => {});
};

const takeOne = (lines, name) => {
  if (!(lines?.[name] > 0)) return false;
  lines[name]--;
  return true;
};

/** Stands in front of the real stages: notes the call, then lets it through, holds it, or answers in its place. */
async function doorkeeper(request, response, next) {
  const stage = STAGE_AT.get(request.path);
  if (!stage) return next();
  const key = request.headers['idempotency-key'] ?? null;
  note({ kind: 'call', stage, key });
  response.once('finish', () => note({ kind: 'answer', stage, key, status: response.statusCode, body: response.kept }));
  const json = response.json.bind(response);
  response.json = (body) => {
    response.kept = body;
    return json(body);
  };
  const unit = key?.split(':')[0];
  for (const lines of [script.stages[stage] ?? []].flat()) {
    if (lines.only && lines.only !== unit) continue;
    if (takeOne(lines, 'hang')) await new Promise((letGo) => held.push({ unit, letGo }));
    if (lines.delayMs) await delay(lines.delayMs);
    if (takeOne(lines, 'fail')) return response.status(500).json({ detail: 'the scripted stage failed' });
    if (takeOne(lines, 'refuse')) return response.status(400).json({ detail: 'the scripted stage refuses this input' });
    if (takeOne(lines, 'away')) {
      return response
        .status(503)
        .setHeader('Retry-After', String(lines.retryAfter ?? 1))
        .json({ detail: 'the scripted stage is away' });
    }
  }
  next();
}

/** Answers of models that need no model: the stages around them are the real ones. */
const real = createEngines({ ocrWorkers: 1 });
const canned = {
  ...real,
  vision: {
    ...real.vision,
    analyze: async () => ({
      is_valid: true,
      image_quality_ok: true,
      relevance_score: 0.9,
      analysis: 'a bowl on a table',
      issues: [],
      recommendations: [],
      font_recommendation: null,
    }),
    judge: async () => ({
      on_brief: true,
      occlusion: false,
      contrast_ok: true,
      cta_present: false,
      issues: [],
      reasoning: 'readable',
      analysis: 'readable',
    }),
  },
  detection: {
    ...real.detection,
    async detect(picture) {
      const { width, height } = picture.source;
      const box = { x: width * 0.25, y: height * 0.5, width: width * 0.5, height: height * 0.4 };
      const maskPng = await sharp({ create: { width, height, channels: 3, background: '#000' } })
        .toColourspace('b-w')
        .png()
        .toBuffer();
      return { width, height, objects: [{ label: 'dish', confidence: 0.9, box, areaShare: 0.2 }], maskPng };
    },
  },
  ocr: {
    ...real.ocr,
    read: async (_picture, passages) =>
      passages.map(() => ({ text: '오늘의 국밥', confidence: 0.9, lines: ['오늘의 국밥'] })),
  },
};

const models = {};
const engines = scriptEngines(canned, models, PICTURES_AT_ONCE ? { picturesAtOnce: Number(PICTURES_AT_ONCE) } : {});
const { enter } = engines.ledger;
engines.ledger.enter = (operation) => {
  const leave = enter.call(engines.ledger, operation);
  note({ kind: 'model', operation, mostActive: engines.ledger.mostActive(operation) });
  return leave;
};

const pool = createPool({ url: DATABASE_URL, name: 'stages', size: 10, log });
const app = await createStageApp({
  pool,
  assets: createAssetStore({ root: ASSETS_DIR, partName: 'yh' }),
  engines,
  log,
  partName: 'yh',
  timeout: Number(STAGE_TIMEOUT_MS ?? 120_000),
});
app.use(doorkeeper);

/** All that hangs, in a model as well, or what hangs at the door for one unit. */
function release(units) {
  const letGo = held.filter(({ unit }) => units === 'all' || unit === units);
  held = held.filter((call) => !letGo.includes(call));
  for (const call of letGo) call.letGo();
  if (units === 'all') engines.release();
}

process.on('message', (message) => {
  if (message.release) {
    release(message.release);
  } else {
    script = { stages: {}, models: {}, ...message.play };
    for (const operation of Object.keys(models)) delete models[operation];
    Object.assign(models, script.models);
  }
  process.send?.('heard', undefined, undefined, () => {});
});

const stop = async () => {
  release('all');
  await app.close();
  await engines.close();
  await pool.end();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('disconnect', stop);

await app.listen(Number(PORT), '127.0.0.1');
process.send?.('ready');
