import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawnDish } from '../../support/pictures.js';
import { type GenerationBench, openGenerationBench } from './generation-bench.js';
import { watchedProvider } from './watched-provider.js';

let bench: GenerationBench;
beforeAll(async () => {
  bench = await openGenerationBench();
});
afterAll(() => bench?.close());

// oxlint-disable-next-line typescript/no-explicit-any -- rows of several tables
type Row = Record<string, any>;
const one = async (query: string, ...parameters: unknown[]): Promise<Row> =>
  (await bench.pool.query(query, parameters)).rows[0];
const readAsset = async (id: string): Promise<Buffer> =>
  bench.assets.read((await one('select image_url from image_assets where image_asset_id = $1', id)).image_url);

/** What the published channel says of a job from now on. */
async function listenTo(jobId: string): Promise<{ states: string[]; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: bench.url });
  const states: string[] = [];
  client.on('notification', ({ payload }) => {
    const job = JSON.parse(payload as string);
    if (job.job_id === jobId) states.push(`${job.current_step}/${job.status}`);
  });
  await client.connect();
  await client.query('listen job_state_changed');
  return {
    states,
    async close() {
      // What was sent before has arrived once this has been answered.
      await client.query('select 1');
      await client.end();
    },
  };
}

describe('the pictures of a job', () => {
  it('share one analysis, cut-out and plan, whichever variant comes first and on however many workers', async () => {
    const photo = await sharp(await drawnDish())
      .withExif({ IFD0: { Copyright: 'the photographer', ImageDescription: 'private' } })
      .jpeg()
      .toBuffer();
    const { jobId, variantIds } = await bench.addJob([photo]);
    const channel = await listenTo(jobId);
    const providers = [watchedProvider(), watchedProvider(), watchedProvider()];
    const claims = await Promise.all(variantIds.toReversed().map((id) => bench.claim(jobId, id)));
    await Promise.all(claims.map((claim, index) => bench.worker(providers[index]!, 1).make(claim)));
    await channel.close();

    expect(providers.flatMap(({ prepared }) => prepared)).toHaveLength(1);
    expect(providers.flatMap(({ generated }) => generated)).toHaveLength(3);
    // YE's transitions, each once and in this order.
    expect(channel.states).toEqual([
      'gen_vlm_analyze/running',
      'gen_vlm_analyze/done',
      'img_gen/running',
      'img_gen/done',
    ]);

    const run = await one('select * from gen_runs where job_id = $1', jobId);
    expect(run).toMatchObject({ status: 'succeeded', prompt_version: 'v1', bg_width: 1080, bg_height: 1080 });
    expect(run.finished_at).toBeInstanceOf(Date);
    const { rows: kinds } = await bench.pool.query(
      `select image_type, count(*)::int from image_assets where job_id = $1 group by image_type order by image_type`,
      [jobId],
    );
    expect(Object.fromEntries(kinds.map(({ image_type, count }) => [image_type, count]))).toEqual({
      // The shop's photo, and the upright copy that the pictures are made from.
      original: 2,
      pbg_cutout: 1,
      pbg_canvas: 3,
      pbg_mask: 3,
      pbg_generated: 3,
    });
    const { rows: variants } = await bench.pool.query(
      `select n.*, v.creation_order, v.current_step, v.status
         from gen_variants n join jobs_variants v on v.img_asset_id = n.bg_asset_id
        where n.run_id = $1 order by n.index`,
      [run.run_id],
    );
    expect(variants.map(({ index, creation_order: order, seed_base: seed }) => [index, order, seed])).toEqual([
      [1, 1, 50],
      [2, 2, 100],
      [3, 3, 150],
    ]);
    for (const variant of variants) {
      expect(`${variant.current_step}/${variant.status}`).toBe('img_gen/done');
      expect(await sharp(await readAsset(variant.canvas_asset_id)).metadata()).toMatchObject({
        width: 1080,
        channels: 3,
      });
      expect(await sharp(await readAsset(variant.mask_asset_id)).metadata()).toMatchObject({
        width: 1080,
        channels: 1,
      });
    }
    expect(bench.files().filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('follow a plan with the keys of the contract', async () => {
    const { jobId, variantIds } = await bench.addJob([await drawnDish()], { variantsCount: 1 });
    await bench.worker(watchedProvider()).make(await bench.claim(jobId, variantIds[0] as string));
    const run = await one('select * from gen_runs where job_id = $1', jobId);
    const inputs = await one('select * from job_inputs where job_id = $1', jobId);
    const plan = JSON.parse((await bench.assets.read(run.plan_json_url)).toString());

    expect(run.plan_json_url).toMatch(/^\/assets\/yh\/tenants\/shop\/plan\/\d{4}\/\d{2}\/\d{2}\/[0-9a-f-]{36}\.json$/);
    expect(plan).toMatchObject({
      image: { src_asset_id: inputs.img_asset_id, cutout_asset_id: run.cutout_asset_id, creator_id: null },
      strategy_name: 'local-composer',
      meta: { canvas_width: 1080, canvas_height: 1080, pbg_prompt_version: 'v1' },
      tenant_id: 'shop',
      job_id: jobId,
      gen_run_id: run.run_id,
      tone_style_id: inputs.tone_style_id,
      tone_style_label: 'Hero Dish Focus',
    });
    expect(Object.keys(plan.subject).sort()).toEqual(
      ['bg_floor_color', 'bg_main_color', 'best_season', 'decoration_main', 'decoration_sub'].sort(),
    );
    expect(plan.background_prompts.base_prompt.prompt).toContain(plan.subject.bg_main_color);
    expect(plan.background_prompts.variant2).toEqual({
      x_percent: 47,
      y_percent: 62,
      size_percent: 82,
      rotation_deg: 0,
      placement_preset_id: expect.any(String),
      seed: 100,
    });
    for (const url of [plan.image.uploaded_url, plan.image.cutout_url]) {
      expect((await bench.assets.read(url)).length).toBeGreaterThan(1_000);
    }
  });

  it('say in their file and rows how they were made, and nothing of the source', async () => {
    const secret = 'the photographer';
    const photo = await sharp(await drawnDish())
      .withExif({ IFD0: { Copyright: secret } })
      .jpeg()
      .toBuffer();
    expect(photo.includes(secret)).toBe(true);
    const { jobId, variantIds } = await bench.addJob([photo], { variantsCount: 1 });
    await bench.worker(watchedProvider()).make(await bench.claim(jobId, variantIds[0] as string));

    const { img_asset_id: id } = await one('select * from jobs_variants where job_id = $1', jobId);
    const png = await readAsset(id);
    const { comments = [] } = await sharp(png).metadata();
    const texts = Object.fromEntries(comments.map(({ keyword, text }) => [keyword, text]));
    expect(texts).toMatchObject({
      Software: 'local-composer 3',
      Style: 'Hero Dish Focus',
      'feedlyai:seed': `${jobId}:1:50`,
      'feedlyai:design': expect.stringMatching(/^[a-z-]+$/),
      'feedlyai:settings': expect.stringContaining('"placement"'),
    });
    const { result } = await one(`select result from pipeline.claims where unit_id = $1`, variantIds[0]);
    expect(result).toMatchObject({ image_asset_id: id, provenance: { seed: `${jobId}:1:50` } });
    const { prompt_en: prompt } = await one('select prompt_en from gen_variants where bg_asset_id = $1', id);
    expect(texts.Description).toBe(prompt);

    const { rows } = await bench.pool.query(
      `select image_url from image_assets where job_id = $1 and image_asset_id not in (select img_asset_id from job_inputs)`,
      [jobId],
    );
    expect(rows).toHaveLength(5);
    for (const { image_url: url } of rows) {
      const bytes = await bench.assets.read(url);
      expect(bytes.includes(secret), url).toBe(false);
      expect(await sharp(bytes).metadata(), url).not.toHaveProperty('exif');
    }
  });

  it('have a run and a photo each where the job has several photos', async () => {
    const { jobId, variantIds } = await bench.addJob([await drawnDish(20), await drawnDish(200)]);
    const provider = watchedProvider();
    const worker = bench.worker(provider);
    for (const id of variantIds) await worker.make(await bench.claim(jobId, id));
    expect(provider.prepared).toHaveLength(2);
    const { rows } = await bench.pool.query(
      `select g.status, (select count(*)::int from gen_variants n where n.run_id = g.run_id) as pictures
         from gen_runs g where job_id = $1 order by pictures`,
      [jobId],
    );
    expect(rows).toEqual([
      { status: 'succeeded', pictures: 1 },
      { status: 'succeeded', pictures: 2 },
    ]);
  });

  it('take the place that the owner points at', async () => {
    const hint = { x: 0.25, y: 0.3, width: 0.5, height: 0.6 };
    const { jobId, variantIds } = await bench.addJob([await drawnDish()], { subjectHint: hint, variantsCount: 1 });
    const provider = watchedProvider();
    await bench.worker(provider).make(await bench.claim(jobId, variantIds[0] as string));
    expect(provider.prepared[0]?.[1].hint).toEqual(hint);

    await expect(bench.addJob([await drawnDish()], { subjectHint: { x: 40, y: 12 } })).rejects.toThrow(
      /not on the photo; give \{x, y\}/,
    );
    for (const wrong of [
      '{"x": 2, "y": 0}',
      '{"x": 0.5}',
      '{"x": "0.5", "y": 0}',
      '[1, 2]',
      '{"x": 0.8, "y": 0, "width": 0.4, "height": 1}',
    ]) {
      const write = bench.foreign.query('update pipeline.jobs set subject_hint = $2 where job_id = $1', [jobId, wrong]);
      await expect(write, wrong).rejects.toThrow(/subject_hint/);
    }
  });
});
