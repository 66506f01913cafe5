import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as schemas from '../../../src/admin/http/answer-schemas.js';
import { drawnDish } from '../../support/pictures.js';
import { insertJob, type JobRows } from '../../support/rows.js';
import { asDocumented, openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
let job: JobRows;
let pictureUrl: string;
beforeAll(async () => {
  bench = await openServerBench();
  ({ url: pictureUrl } = await bench.assets.publish({
    tenantId: 'test',
    kind: 'final',
    id: crypto.randomUUID(),
    extension: 'jpg',
    bytes: await drawnDish(),
    date: new Date(),
  }));
  job = await insertJob(bench.own, {
    variants: 3,
    step: 'iou_eval',
    imageType: 'pbg_generated',
    imageUrl: pictureUrl,
  });
  // Two of three are finished.
  await bench.own.query(
    `update jobs_variants set overlaid_img_asset_id = img_asset_id where job_id = $1 and creation_order < 3`,
    [job.jobId],
  );
});
afterAll(() => bench?.close());

const favourites = async (): Promise<string[]> => {
  const { rows } = await bench.own.query<{ id: string }>(
    'select job_variants_id as id from jobs_variants where job_id = $1 and selected order by creation_order',
    [job.jobId],
  );
  return rows.map(({ id }) => id);
};
const movements = async (): Promise<unknown> =>
  (
    await bench.own.query(
      `select (select count(*)::int from pipeline.outbox where job_id = $1) as events,
              (select json_agg(r.* order by r.job_variants_id) from pipeline.runs r where r.job_id = $1) as runs`,
      [job.jobId],
    )
  ).rows[0];

it('a job has one favourite, and choosing it sets nothing in motion', async () => {
  const [first, second, unfinished] = job.variantIds as [string, string, string];
  const before = await movements();
  for (const [variantId, selected, expected] of [
    [first, true, [first]],
    [second, true, [second]],
    [second, true, [second]],
    [first, false, [second]],
    [second, false, []],
  ] as const) {
    const answer = await bench.post(`/api/admin/variants/${variantId}/select`, { selected });
    asDocumented(schemas.variantAnswer, answer);
    expect(answer.status).toBe(200);
    expect(await favourites()).toEqual(expected);
  }
  const refused = await bench.post(`/api/admin/variants/${unfinished}/select`);
  expect([refused.status, refused.body.says]).toEqual([409, expect.stringContaining('no finished advertisement')]);
  expect(await movements()).toEqual(before);
});

it('two favourites chosen at once leave one', async () => {
  const [first, second] = job.variantIds as [string, string];
  await Promise.all([first, second].map((id) => bench.post(`/api/admin/variants/${id}/select`)));
  expect(await favourites()).toHaveLength(1);
});

it('the archive holds the finished pictures and the text, readable by others', async () => {
  const empty = await insertJob(bench.own);
  expect((await bench.get(`/api/admin/jobs/${empty.jobId}/archive`)).status).toBe(404);
  await bench.own.query(
    `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
       instagram_ad_copy, hashtags) values ($1, 'test', '', '', '', '', '든든한 국밥', '#국밥')`,
    [job.jobId],
  );
  const answer = await fetch(new URL(`/api/admin/jobs/${job.jobId}/archive`, bench.url));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  expect(Object.keys(files)).toEqual([
    expect.stringMatching(/^advertisement-1(-favourite)?\.jpg$/),
    expect.stringMatching(/^advertisement-2(-favourite)?\.jpg$/),
    'post.txt',
  ]);
  expect(Buffer.from(files['post.txt'] as Uint8Array).toString()).toBe('든든한 국밥\n\n#국밥\n');
  const pictures = Object.values(files).slice(0, 2);
  expect(pictures.map((bytes) => Buffer.from(bytes).equals(readFileSync(bench.assets.pathOf(pictureUrl))))).toEqual([
    true,
    true,
  ]);
});

it('a finished picture is had as JPEG that can be posted, beside the PNG also in the archive', async () => {
  const png = await sharp(await drawnDish())
    .resize(1080, 1350, { fit: 'cover' })
    .ensureAlpha(0.5)
    .png()
    .toBuffer();
  const published = { tenantId: 'test', kind: 'final', id: crypto.randomUUID(), extension: 'png', date: new Date() };
  const { url } = await bench.assets.publish({ ...published, bytes: png });
  const made = await insertJob(bench.own, { variants: 1, step: 'iou_eval', imageType: 'pbg_generated', imageUrl: url });
  const [variantId] = made.variantIds as [string];
  const where = `/api/admin/variants/${variantId}/picture.jpg`;
  expect((await bench.get(where)).status).toBe(404);
  await bench.own.query('update jobs_variants set overlaid_img_asset_id = img_asset_id where job_variants_id = $1', [
    variantId,
  ]);
  const fetched = async (query = ''): Promise<{ headers: Headers; bytes: Buffer }> => {
    const answer = await fetch(new URL(where + query, bench.url));
    expect(answer.status).toBe(200);
    return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const usual = await fetched();
  expect(usual.headers.get('content-type')).toBe('image/jpeg');
  expect(usual.headers.get('content-disposition')).toMatch(/filename="advertisement-.*-1\.jpg"/);
  expect(await sharp(usual.bytes).metadata()).toMatchObject({
    format: 'jpeg',
    width: 1080,
    height: 1350,
    channels: 3,
    space: 'srgb',
    chromaSubsampling: '4:4:4',
    isProgressive: false,
  });
  expect((await fetched('?quality=50')).bytes.length).toBeLessThan(usual.bytes.length);
  for (const quality of ['39', '101', 'good'])
    expect((await bench.get(`${where}?quality=${quality}`)).status).toBe(400);
  const archive = await fetch(new URL(`/api/admin/jobs/${made.jobId}/archive`, bench.url));
  const files = unzipSync(new Uint8Array(await archive.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['advertisement-1.jpg', 'advertisement-1.png']);
  expect(Buffer.from(files['advertisement-1.jpg'] as Uint8Array)).toEqual(usual.bytes);
});

it('thumbnails are small, kept by browsers, and of pictures alone', async () => {
  const answer = await fetch(new URL(`/thumbnails/320${pictureUrl}`, bench.url));
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')]);
  expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({ format: 'webp', width: 320 });
  const { url: notes } = await bench.assets.publish({
    tenantId: 'test',
    kind: 'final',
    id: crypto.randomUUID(),
    extension: 'png',
    bytes: Buffer.from('no picture'),
    date: new Date(),
  });
  for (const [where, status] of [
    [`/thumbnails/321${pictureUrl}`, 400],
    ['/thumbnails/320/assets/..%2fsecret.png', 400],
    ['/thumbnails/320/assets/yh/nothing.png', 404],
    [`/thumbnails/320${notes}`, 415],
  ] as const)
    expect([where, (await bench.get(where)).status]).toEqual([where, status]);
});

it('layers are shares of the picture: detections, places for the text, and where it was drawn', async () => {
  const [variantId] = job.variantIds as [string];
  const { rows } = await bench.own.query<{ id: string }>(
    'select img_asset_id as id from jobs_variants where job_variants_id = $1',
    [variantId],
  );
  const pictureId = rows[0]?.id;
  await bench.own.query(
    `insert into detections (job_id, image_asset_id, box, label, score) values ($1, $2, '[108, 216, 540, 756]', 'bowl', 0.9)`,
    [job.jobId, pictureId],
  );
  await bench.own.query(
    `insert into planner_proposals (image_asset_id, layout)
     values ($1, '{"proposals": [{"xywh": [0.1, 0.05, 0.8, 0.18], "source": "rule_top", "score": 0.7}, {"xywh": "broken"}]}')`,
    [pictureId],
  );
  await bench.own.query(
    `insert into overlay_layouts (job_variants_id, layout, x_ratio, y_ratio, width_ratio, height_ratio)
     values ($1, '{}', 0.1, 0.05, 0.8, 0.18)`,
    [variantId],
  );
  const answer = await bench.get(`/api/admin/variants/${variantId}/layers`);
  asDocumented(schemas.layersNow, answer);
  expect(answer.body).toMatchObject({
    detections: [{ label: 'bowl', area: { x: 0.1, y: 0.2, width: 0.4, height: 0.5 } }],
    proposals: [{ source: 'rule_top', area: { x: 0.1, y: 0.05, width: 0.8, height: 0.18 } }],
    textBox: { x: 0.1, y: 0.05, width: 0.8, height: 0.18 },
  });
});

it('tones come with the shop’s newest advertisement made in them', async () => {
  const tone = `(select tone_style_id from tone_styles where eng_name = 'Minimalist Branding')`;
  await bench.own.query(`update job_inputs set tone_style_id = ${tone} where job_id = $1`, [job.jobId]);
  const answer = await bench.get('/api/admin/tones?tenantId=test');
  asDocumented(schemas.toneList, answer);
  const examples = answer.body.items.map((each: Record<string, string>) => [each.englishName, each.exampleUrl]);
  expect(Object.fromEntries(examples)).toMatchObject({ 'Minimalist Branding': pictureUrl, 'Hero Dish Focus': null });
});

it('a list of what is under way leaves out what has come to an end', async () => {
  const [finished, failed, moving] = [
    await insertJob(bench.own),
    await insertJob(bench.own),
    await insertJob(bench.own),
  ];
  const set = (jobId: string, step: string, status: string) =>
    bench.own.query('update jobs set current_step = $2, status = $3 where job_id = $1', [jobId, step, status]);
  await set(finished.jobId, 'instagram_feed_gen', 'done');
  await set(failed.jobId, 'overlay', 'failed');
  await set(moving.jobId, 'overlay', 'running');
  const listed = async (underWay: boolean): Promise<string[]> =>
    (await bench.get(`/api/admin/jobs?underWay=${underWay}`)).body.items.map((one: { jobId: string }) => one.jobId);
  expect(await listed(true)).toContain(moving.jobId);
  expect(await listed(true)).not.toContain(finished.jobId);
  expect(await listed(false)).toEqual(expect.arrayContaining([finished.jobId, failed.jobId]));
  expect(await listed(false)).not.toContain(moving.jobId);
});
