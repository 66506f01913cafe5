import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawDish } from './pictures.js';
import { ROUTES, type ServiceStage, StageBench, type Variant } from './stage-bench.js';
import { bodyFor, walkVariant } from './walk.js';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

let bench: StageBench;
let variants: Variant[];
let documented: Record<string, Schema>;
beforeAll(async () => {
  bench = await StageBench.open();
  const picture = await drawDish({ x: 0.5, y: 0.64, radius: 0.28 }, 200);
  variants = await Promise.all([1, 2, 3, 4].map(() => bench.addVariant(picture)));
  await walkVariant(bench, variants[1] as Variant, '한 끼', 'planner');
  await walkVariant(bench, variants[2] as Variant, '한 끼', 'overlay');
  await walkVariant(bench, variants[3] as Variant, '한 끼');
  // Here the walk is over; what is left open would refuse every call before it is looked at.
  await bench.query('update pipeline.runs set open = false');
  const { paths } = (await (await bench.get('/openapi.json')).json()) as {
    paths: Record<string, { post?: { requestBody?: { content: Record<string, { schema: Schema }> } } }>;
  };
  documented = Object.fromEntries(
    Object.entries(ROUTES).map(([stage, route]) => [
      stage,
      paths[`/api/yh/${route}`]?.post?.requestBody?.content['application/json']?.schema ?? {},
    ]),
  );
});
afterAll(() => bench.close());

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
const objectFor = (properties: Record<string, Schema>): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, valueFor(schema)])), {
    requiredKeys: [],
  });

test.each(Object.keys(ROUTES) as ServiceStage[])(
  '%s: no request that the document allows ends in 500, and no refusal leaves a trace',
  async (stage) => {
    const properties = documented[stage]?.properties ?? {};
    expect(Object.keys(properties)).toContain('job_id');
    await fc.assert(
      fc.asyncProperty(objectFor(properties), fc.nat(3), fc.boolean(), async (random, which, keepIds) => {
        const variant = variants[which] as Variant;
        const good = { ...(await bodyFor(bench, variant, stage)) };
        const body = keepIds ? { ...(random as object), ...good } : { ...good, ...(random as object) };
        const before = await bench.snapshot();
        const answer = await bench.call(stage, body);
        expect(answer.status, JSON.stringify({ body, answer })).toBeLessThan(500);
        if (answer.status !== 200) expect(await bench.snapshot()).toBe(before);
      }),
      { numRuns: 12, seed: 20, endOnFailure: true },
    );
  },
);
