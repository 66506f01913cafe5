import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawDish } from './pictures.js';
import { type Answer, StageBench, TENANT, type Variant } from './stage-bench.js';
import { walkVariant } from './walk.js';

let bench: StageBench;
let variant: Variant;
let overlayId: string;
beforeAll(async () => {
  bench = await StageBench.open();
  variant = await bench.addVariant(await drawDish({ x: 0.5, y: 0.64, radius: 0.28 }, 480));
  await walkVariant(bench, variant, '든든한 부대찌개', 'readability_eval');
  const [overlay] = await bench.query<{ overlay_id: string }>('select overlay_id from overlay_layouts');
  overlayId = overlay?.overlay_id ?? '';
});
afterAll(() => bench.close());

/** None of these endpoints changes a row, whatever it answers. */
const read = async (route: string, body: object): Promise<Answer> => {
  const before = await bench.snapshot();
  const answer = await bench.post(`/api/yh/${route}`, JSON.stringify(body));
  expect(await bench.snapshot()).toBe(before);
  return answer;
};
const job = () => ({ job_id: variant.jobId, tenant_id: TENANT });

test('ad-copy: the language engine writes for the job’s dish, or for the one named', async () => {
  const own = await read('gpt/ad-copy', job());
  expect(own.body).toMatchObject({ ...job(), provider: 'local-template' });
  expect(own.body.ad_copy_kor).toMatch(/\p{Script=Hangul}/u);
  expect(own.body.ad_copy_eng).toMatch(/[a-z]/i);
  const other = await read('gpt/ad-copy', { ...job(), desc_kor: '시원한 물냉면' });
  expect(other.body.ad_copy_kor).not.toBe(own.body.ad_copy_kor);
  await bench.query('update job_inputs set desc_kor = null where job_id = $1', [variant.jobId]);
  expect((await read('gpt/ad-copy', job())).status).toBe(400);
});

test('refined-ad-copy: the text as it can be drawn and the font it is drawn with', async () => {
  const ask = (font: string) => read('refined-ad-copy', { text: '  든든한\n 부대찌개  ', fonts: [font, '굴림'] });
  const [overlay] = await bench.query<{ font: string }>(`select layout->>'font_name' as font from overlay_layouts`);
  expect((await ask(overlay?.font ?? '')).body).toEqual({ text: '든든한 부대찌개', font: overlay?.font });
  expect((await ask('Black Han Sans')).body).toEqual({ text: '든든한 부대찌개', font: 'Black Han Sans Regular' });
  expect((await ask('Comic Sans')).body).toEqual({ text: '든든한 부대찌개', font: 'Pretendard ExtraBold' });
  expect((await read('refined-ad-copy', { text: ' ' })).status).toBe(400);
  expect((await read('refined-ad-copy', { text: '\u{12000}' })).status).toBe(400);
  expect((await read('refined-ad-copy', {})).status).toBe(422);
});

test('evaluations/full: recorded results as recorded, the missing one measured and not recorded', async () => {
  const answer = await read('evaluations/full', { ...job(), overlay_id: overlayId });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const { ocr, readability, iou, score } = answer.body;
  const recorded = await bench.query<{ evaluation_id: string; metrics: Record<string, unknown> }>(
    'select evaluation_id, metrics from evaluations order by created_at',
  );
  expect(ocr).toMatchObject({
    evaluation_id: recorded[0]?.evaluation_id,
    ocr_accuracy: recorded[0]?.metrics.ocr_accuracy,
    recognized_text: recorded[0]?.metrics.recognized_text,
  });
  expect(readability).toMatchObject({
    evaluation_id: recorded[1]?.evaluation_id,
    contrast_ratio: recorded[1]?.metrics.contrast_ratio,
  });
  expect(iou).toEqual({ evaluation_id: null, iou_with_food: 0, max_iou_detection_id: null, overlap_detected: false });
  expect(score).toBeCloseTo((ocr.ocr_accuracy + readability.readability_score + 1) / 3, 4);
  // The variant's own newest overlay is the same one.
  const byVariant = await read('evaluations/full', { ...job(), job_variants_id: variant.variantId });
  expect(byVariant.body).toEqual(answer.body);
});

test('evaluations/full refuses as its three endpoints do; a missing overlay stays a 404', async () => {
  const cases: [object, number, string][] = [
    [{ ...job() }, 400, 'Neither overlay_id'],
    [{ ...job(), overlay_id: randomUUID() }, 404, 'Overlay not found'],
    [{ ...job(), overlay_id: 'x' }, 400, 'Invalid UUID format'],
    [{ ...job(), overlay_id: overlayId, tenant_id: 'tenant-b' }, 400, 'Job tenant_id mismatch'],
    [{ ...job(), overlay_id: overlayId, job_id: randomUUID() }, 404, 'Job not found'],
    [{ ...job(), overlay_id: overlayId, job_id: await bench.addJob() }, 400, 'Job variant job_id mismatch'],
  ];
  for (const [body, status, detail] of cases) {
    const answer = await read('evaluations/full', body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(detail)]);
  }
});

test('evaluations/evals: the rows of the job, each with its variant', async () => {
  const { body } = await read('evaluations/evals', job());
  expect(body.evaluations.map((row: any) => [row.evaluation_type, row.job_variants_id, row.overlay_id])).toEqual([
    ['ocr', variant.variantId, overlayId],
    ['readability', variant.variantId, overlayId],
  ]);
  expect((await read('evaluations/evals', { ...job(), tenant_id: 'tenant-b' })).status).toBe(400);
  const empty = await read('evaluations/evals', { ...job(), job_id: await bench.addJob() });
  expect(empty.body.evaluations).toEqual([]);
});

test('the document says how these answers differ from the original’s, and /redoc shows it without any script', async () => {
  const document = (await (await bench.get('/openapi.json')).json()) as any;
  for (const route of ['gpt/ad-copy', 'refined-ad-copy', 'evaluations/full', 'evaluations/evals']) {
    expect(document.paths[`/api/yh/${route}`].post.description).toMatch(/^The original /);
    expect((await bench.get(`/api/yh/${route}`)).status).toBe(405);
  }
  const page = await bench.get('/redoc');
  const html = await page.text();
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  expect(html).not.toMatch(/<script|<link|src=|https?:|style=/);
  for (const path of Object.keys(document.paths)) expect(html).toContain(`${path}</code>`);
  expect((await bench.get('/docs')).status).toBe(200);
});

test('metrics: requests by method, endpoint and status, durations by method and endpoint, itself not counted', async () => {
  await bench.get('/metrics');
  const page = await bench.get('/metrics');
  const text = await page.text();
  expect(page.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const overlay = { method: 'POST', endpoint: '/api/yh/overlay', service: 'stages' };
  expect(sample(text, 'http_requests_total', { ...overlay, status: '200' })).toBe(1);
  expect(sample(text, 'http_request_duration_seconds_count', overlay)).toBe(1);
  expect(sample(text, 'http_request_duration_seconds_bucket', { ...overlay, le: '+Inf' })).toBe(1);
  expect(text).toContain('process_resident_memory_bytes{service="stages"}');
  expect(text).not.toContain('/metrics');
});

/** The value of the one sample with exactly these labels, in whatever order they stand. */
function sample(page: string, name: string, labels: Record<string, string>): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  for (const line of page.split('\n')) {
    const [, found, listed = '', value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    const given: string[] = listed.match(/\w+="[^"]*"/g) ?? [];
    if (found === name && given.length === wanted.length && wanted.every((label) => given.includes(label)))
      return Number(value);
  }
  return undefined;
}
