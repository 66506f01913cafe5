import { afterAll, beforeAll, expect, test } from 'vitest';
import { SERVICE_STAGES, walkVariant } from './walk.js';
import { drawDish } from './pictures.js';
import { StageBench, TENANT, type Variant } from './stage-bench.js';

let bench: StageBench;
let variant: Variant;
beforeAll(async () => {
  bench = await StageBench.open();
  variant = await bench.addVariant(await drawDish({ x: 0.5, y: 0.64, radius: 0.3 }));
});
afterAll(() => bench.close());

test('a claimed variant goes through all eight stages, the job through both, and every row is there once', async () => {
  const answers = await walkVariant(bench, variant, '마음까지 따뜻해지는 부대찌개');
  expect(answers.map(({ status }) => status)).toEqual(SERVICE_STAGES.map(() => 200));

  const [row] = await bench.query(
    'select current_step, status, overlaid_img_asset_id from jobs_variants where job_variants_id = $1',
    [variant.variantId],
  );
  expect(row).toMatchObject({ current_step: 'iou_eval', status: 'done' });
  const [run] = await bench.query('select stage, status, open from pipeline.runs where job_variants_id = $1', [
    variant.variantId,
  ]);
  expect(run).toEqual({ stage: 'iou_eval', status: 'done', open: false });

  const traces = await bench.query<{
    operation_type: string;
    provider: string;
    request: Record<string, unknown>;
    response: Record<string, unknown>;
  }>(
    'select operation_type, provider, request, response from vlm_traces where job_variants_id = $1 order by created_at',
    [variant.variantId],
  );
  expect(traces.map((trace) => trace.operation_type)).toEqual(['analyze', 'judge']);
  expect(traces[0]?.provider).toBe('local-vision');
  expect(traces[0]?.request).toMatchObject({
    asset_url: variant.imageUrl,
    ad_copy_text: 'A warm bowl of budae-jjigae.',
  });
  expect(Object.keys(traces[0]?.response ?? {}).sort()).toEqual(
    [
      'analysis',
      'font_recommendation',
      'image_quality_ok',
      'is_valid',
      'issues',
      'recommendations',
      'relevance_score',
    ].sort(),
  );
  expect(traces[1]?.response).toMatchObject({ on_brief: true, occlusion: false, contrast_ok: true });

  const [proposal] = await bench.query<{ proposal_id: string; image_asset_id: string }>(
    'select * from planner_proposals',
  );
  expect(proposal?.image_asset_id).toBe(variant.imageId);
  const [overlay] = await bench.query<{ proposal_id: string; layout: Record<string, unknown> }>(
    'select * from overlay_layouts',
  );
  expect(overlay?.proposal_id).toBe(proposal?.proposal_id);
  expect(overlay?.layout).toMatchObject({
    text: '마음까지 따뜻해지는 부대찌개',
    render: { asset_id: row?.overlaid_img_asset_id },
  });
  expect(overlay?.layout.text_color).toMatch(/^[0-9a-f]{8}$/i);

  const evaluations = await bench.query<{ evaluation_type: string; metrics: Record<string, unknown> }>(
    'select * from evaluations order by created_at',
  );
  expect(evaluations.map((evaluation) => evaluation.evaluation_type)).toEqual(['ocr', 'readability', 'iou']);
  for (const { metrics } of evaluations) expect(metrics.job_variants_id).toBe(variant.variantId);
  expect(evaluations[0]?.metrics.character_match_rate).toBeGreaterThan(0.9);
  expect(evaluations[1]?.metrics.wcag_aa_compliant).toBe(true);
  expect(evaluations[2]?.metrics).toMatchObject({ overlap_detected: false, iou_with_food: 0 });

  const types = await bench.query<{ image_type: string }>(
    `select image_type from image_assets where job_id = $1 order by 1`,
    [variant.jobId],
  );
  expect(types.map(({ image_type }) => image_type)).toEqual(['generated', 'overlaid', 'planner']);
});

test('the job stages write one translation and one feed, in Korean, and both job rows say so', async () => {
  for (const stage of ['ad_copy_gen_kor', 'instagram_feed_gen'] as const) {
    const { key } = await bench.claim(stage, { unitId: variant.jobId, jobId: variant.jobId });
    const answer = await bench.call(stage, { job_id: variant.jobId, tenant_id: TENANT }, key);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const [job] = await bench.query(
      'select j.current_step, j.status, p.stage, p.status as recorded from jobs j join pipeline.jobs p using (job_id) where job_id = $1',
      [variant.jobId],
    );
    expect(job).toEqual({ current_step: stage, status: 'done', stage, recorded: 'done' });
  }
  const [copy] = await bench.query<{ ad_copy_kor: string }>(
    `select * from txt_ad_copy_generations where generation_stage = 'eng_to_kor'`,
  );
  expect(copy?.ad_copy_kor).toMatch(/부대찌개/);
  expect(copy?.ad_copy_kor).not.toMatch(/[A-Za-z]/);
  const feeds = await bench.query<Record<string, string>>('select * from instagram_feeds');
  expect(feeds).toHaveLength(1);
  expect(feeds[0]).toMatchObject({
    tenant_id: TENANT,
    ad_copy_kor: copy?.ad_copy_kor,
    tone_style: '따뜻한 위로',
    product_description: '얼큰하고 든든한 부대찌개',
  });
  expect(feeds[0]?.instagram_ad_copy).not.toMatch(/[A-Za-z]/);
  const tags = feeds[0]?.hashtags?.split(' ') ?? [];
  expect(tags.length).toBeLessThanOrEqual(5);
  expect(new Set(tags).size).toBe(tags.length);
  expect(tags.every((tag) => /^#\S+$/.test(tag))).toBe(true);
});
