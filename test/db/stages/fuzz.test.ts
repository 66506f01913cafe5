import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeVariant } from './place-variant.js';
import { ROUTES, type ServiceStage, StageBench, type Variant } from './stage-bench.js';
import { bodyFor, SERVICE_STAGES } from './walk.js';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

let bench: StageBench;
/** One variant in each of the states below. */
let variants: Variant[];
let documented: Record<string, Schema>;

const STEPS = ['img_gen', ...SERVICE_STAGES] as const;
const STATES = [
  ...STEPS.map((step) => ({ step, status: 'done' })),
  { step: 'img_gen', status: 'queued' },
  { step: 'planner', status: 'running' },
  { step: 'overlay', status: 'failed' },
];
/** The stage that such a step is followed by. */
const stageAfter = (step: string): ServiceStage => SERVICE_STAGES[STEPS.indexOf(step as 'planner')] ?? 'iou_eval';

beforeAll(async () => {
  bench = await StageBench.open();
  // Placed by hand: between them the stages' rows are there, and nothing is open that would refuse every call.
  variants = [];
  for (const { step, status } of STATES) {
    const variant = await placeVariant(bench, stageAfter(step));
    await bench.moveVariant(variant.variantId, step, status);
    variants.push(variant);
  }
  const { paths } = (await (await bench.get('/openapi.json')).json()) as {
    paths: Record<string, { post?: { requestBody?: { content: Record<string, { schema: Schema }> } } }>;
  };
  documented = Object.fromEntries(
    Object.entries(paths).flatMap(([path, { post }]) =>
      post ? [[path, post.requestBody?.content['application/json']?.schema ?? {}]] : [],
    ),
  );
}, 180_000);
afterAll(() => bench.close());

const stageAt = (path: string): ServiceStage | undefined =>
  (Object.keys(ROUTES) as ServiceStage[]).find((stage) => path === `/api/yh/${ROUTES[stage]}`);
const ENDPOINTS = [
  ...Object.values(ROUTES),
  'gpt/ad-copy',
  'refined-ad-copy',
  'evaluations/full',
  'evaluations/evals',
].map((route) => `/api/yh/${route}`);

test('the document names exactly the endpoints that are tried', () => {
  expect(Object.keys(documented).sort()).toEqual([...ENDPOINTS].sort());
});

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '../..',
  '/assets/../x',
  '/assets/a',
  "'; --",
  '한글',
  '🍜',
  'ffffff',
  '%00',
  '{}',
];

/** A value of the documented type, at its edges as well, or of a type it should not have. */
const valueFor = (schema: Schema): fc.Arbitrary<unknown> => {
  const wrong = fc.constantFrom<unknown[]>(null, true, 0, -1, 1e308, [], {}, '');
  const right: fc.Arbitrary<unknown> =
    schema.type === 'string'
      ? fc.oneof(fc.constantFrom(...NASTY), fc.constant(randomUUID()), fc.string({ maxLength: 40, unit: 'binary' }))
      : schema.type === 'number' || schema.type === 'integer'
        ? fc.oneof(fc.constantFrom<unknown>(0, 0.5, 1, 12, 1e308, -5, 1e-300), fc.integer())
        : schema.type === 'array'
          ? fc.array(valueFor(schema.items ?? {}), { maxLength: 4 })
          : schema.properties
            ? objectFor(schema.properties)
            : fc.anything({ maxDepth: 1 });
  return fc.oneof({ arbitrary: right, weight: 5 }, { arbitrary: wrong, weight: 1 });
};
const objectFor = (properties: Record<string, Schema>): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, valueFor(schema)])), {
    requiredKeys: [],
  });

/** Some fields of a good body, taken over so that a case gets past the first check. */
const GOOD_FIELDS = ['job_variants_id', 'job_id', 'tenant_id', 'overlay_id', 'text'];

test.each(ENDPOINTS)(
  '%s: no request that the document allows ends in 500, no refusal leaves a trace, and some succeed',
  async (path) => {
    const properties = documented[path]?.properties ?? {};
    expect(Object.keys(properties).length).toBeGreaterThan(0);
    const seen = new Set<number>();
    const attempt = async (which: number, random: object, keep: string[]): Promise<void> => {
      const variant = variants[which] as Variant;
      const known: Record<string, unknown> = {
        ...bench.ids(variant),
        ...(await bodyFor(bench, variant, 'ocr_eval')),
        text: '한 끼',
      };
      const kept = keep.filter((name) => name in properties).map((name) => [name, known[name]]);
      const body = { ...random, ...Object.fromEntries(kept) };
      const before = await bench.snapshot();
      const answer = await bench.post(path, JSON.stringify(body));
      seen.add(answer.status);
      expect(answer.status, JSON.stringify({ body, answer })).toBeLessThan(500);
      if (answer.status !== 200) expect(await bench.snapshot()).toBe(before);
      const stage = stageAt(path);
      // Back to its state, so that every state stays represented however many calls succeed.
      const { step, status } = STATES[which] as (typeof STATES)[number];
      if (answer.status === 200 && stage && SERVICE_STAGES.includes(stage as 'planner'))
        await bench.moveVariant(variant.variantId, step, status);
    };
    // The plain good body against every state first: that is where endpoints are seen to work.
    for (const which of STATES.keys()) await attempt(which, {}, GOOD_FIELDS);
    expect([...seen]).toContain(200);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(STATES.length - 1),
        objectFor(properties),
        fc.oneof({ arbitrary: fc.constant(GOOD_FIELDS), weight: 2 }, fc.subarray(GOOD_FIELDS)),
        attempt,
      ),
      { numRuns: 15, seed: 20, endOnFailure: true },
    );
  },
  180_000,
);
