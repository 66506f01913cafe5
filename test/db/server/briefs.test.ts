import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schemas from '../../../src/admin/http/answer-schemas.js';
import type { Idea } from '../../../src/brief/idea.js';
import { drawnDish } from '../../support/pictures.js';
import { setVariant } from '../../support/rows.js';
import { asDocumented, openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
let pictureUrl: string;
beforeAll(async () => {
  bench = await openServerBench();
  const { url } = await bench.assets.publish({
    tenantId: 'kim',
    kind: 'original',
    id: randomUUID(),
    extension: 'jpg',
    bytes: await drawnDish(),
    date: new Date(),
  });
  pictureUrl = url;
});
afterAll(() => bench?.close());

const SENTENCE = '마파두부덮밥 8,900원, 점심 특선!! 공깃밥 무한리필';
const ROLES = { dish: '순대국밥', price: '8,900원', priceWas: '9,500원', period: '12월 31일까지', note: '포장 됩니다' };

/** A tenant of its own for each test: posts of one shop have to differ. */
const shop = (): string => `shop-${randomUUID()}`;
const create = (body: object, headers = {}) =>
  bench.post('/api/admin/jobs', { tenantId: shop(), pictureUrls: [pictureUrl], ...body }, headers);
const understand = (body: object) => bench.post('/api/admin/briefs/understand', body);
const send = (method: string, where: string, body: object, headers = {}) =>
  bench.send(method, where, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const show = async (jobId: string) => {
  const answer = await bench.get(`/api/admin/jobs/${jobId}`);
  asDocumented(schemas.jobDetail, answer);
  return answer.body;
};
const rows = async (query: string, ...values: unknown[]) => (await bench.own.query(query, values)).rows;
const copyOf = async (jobId: string): Promise<string> =>
  (
    await rows(
      `select ad_copy_kor as copy from txt_ad_copy_generations where job_id = $1 and generation_stage = 'ad_copy_kor'
        order by created_at desc, pk desc limit 1`,
      jobId,
    )
  )[0].copy;
const finish = async (jobId: string) => {
  await bench.own.query('delete from pipeline.outbox where job_id = $1', [jobId]);
  const variants = await rows('select job_variants_id as id from jobs_variants where job_id = $1', jobId);
  for (const { id } of variants) await setVariant(bench.own, id, 'iou_eval', 'done');
  await bench.own.query(`update pipeline.jobs set stage = 'instagram_feed_gen', status = 'done' where job_id = $1`, [
    jobId,
  ]);
  await bench.own.query(`update jobs set current_step = 'instagram_feed_gen', status = 'done' where job_id = $1`, [
    jobId,
  ]);
};
const giveBrand = async (tenantId: string) => {
  await bench.own.query('insert into tenants (tenant_id) values ($1)', [tenantId]);
  await bench.own.query(
    `insert into pipeline.brands (tenant_id, name, handle, phone, address, hours)
     values ($1, '전주식당', '@jeonju_sikdang', '063-123-4567', '전주시 완산구', '11시–21시')`,
    [tenantId],
  );
};

describe('understanding', () => {
  it('splits a sentence into roles and says what would be made of it; nothing is written', async () => {
    const before = await rows('select count(*)::int as jobs from jobs');
    const answer = await understand({ sentence: SENTENCE });
    asDocumented(schemas.understanding, answer);
    expect(answer.body.brief).toMatchObject({ dish: '마파두부덮밥', price: '8,900원' });
    expect(answer.body.ideas.map(({ kind }: Idea) => kind)).toEqual(['dish', 'deal', 'moment']);
    expect(answer.body.post.text).toContain('8,900원');
    const everywhere = answer.body.coverage.flatMap(({ pictures }: { pictures: number[] }) => pictures);
    expect([Math.min(...everywhere), Math.max(...everywhere)]).toEqual([1, 3]);
    expect(await rows('select count(*)::int as jobs from jobs')).toEqual(before);
  });

  it('prefills what the brand knows and the sentence does not say', async () => {
    const tenantId = shop();
    await giveBrand(tenantId);
    const { body } = await understand({ sentence: '순대국밥 8,900원, 포장 됩니다', tenantId });
    expect(body.brief).toMatchObject({ shop: '전주식당', handle: '@jeonju_sikdang', place: '전주시 완산구' });
    expect(body.brief.note).toBe('포장 됩니다 · 063-123-4567 · 11시–21시');
    expect((await understand({ sentence: '순대국밥', tenantId })).body.brief.note).toBe('063-123-4567 · 11시–21시');
    // Roles are the owner's, who may have taken something out.
    expect((await understand({ brief: ROLES, tenantId })).body.brief).toEqual(ROLES);
  });

  it('points out what the law restricts and what no face can draw', async () => {
    const { body } = await understand({ brief: { dish: '흑마늘 삼계탕', line: '고혈압 예방에 최고 \u{1F95F}' } });
    const codes = body.warnings.map(({ code, law }: { code: string; law?: string }) => [code, law]);
    expect(codes).toContainEqual(['claims a cure', '제8조제1항제1호']);
  });

  it.each([
    ['nothing', {}, 'either a sentence or a brief'],
    ['both', { sentence: '국밥', brief: ROLES }, 'either a sentence or a brief'],
    ['an unknown role', { brief: { dishes: '국밥' } }, 'dishes'],
    ['a role that is too long', { brief: { dish: '국'.repeat(41) } }, 'at most 40'],
    ['an empty brief', { brief: { dish: ' ' } }, 'at least one role'],
    ['an empty sentence', { sentence: ' ' }, 'what the advertisement is about'],
    ['an unknown tone', { sentence: '국밥', toneStyle: 'Loud' }, '"Retro / Vintage / Storytelling"'],
  ])('%s is refused and named', async (_, body, named) => {
    const answer = await understand(body);
    expect([answer.status, JSON.stringify(answer.body.message).replaceAll('\\"', '"')]).toEqual([
      400,
      expect.stringContaining(named),
    ]);
  });
});

describe('a new job', () => {
  it('by a sentence keeps it, and says from the beginning what was understood', async () => {
    const tenantId = shop();
    const preview = (await understand({ sentence: SENTENCE, tenantId })).body;
    const answer = await create({ descKor: SENTENCE, tenantId });
    asDocumented(schemas.creationAnswer, answer);
    const { jobId, variantIds: _, observed: __, outcome: ___, says: ____, ...said } = answer.body;
    expect(said).toEqual(preview);
    const job = await show(jobId);
    expect(job.inputs.descKor).toBe(SENTENCE);
    expect(job.brief).toEqual({ roles: preview.brief, sentence: SENTENCE, leftovers: preview.leftovers });
    expect(job.post).toEqual({ ...preview.post, edited: false });
    expect(job.coverage).toEqual(preview.coverage);
    expect(job.variants.map(({ idea }: { idea: Idea }) => idea)).toEqual(preview.ideas);
    expect(job.variants.map(({ ideaEdited }: { ideaEdited: boolean }) => ideaEdited)).toEqual([false, false, false]);
    expect(await copyOf(jobId)).toBe(preview.ideas[0].texts.headline);
  });

  it('by roles takes them as they are, with the brand where they are silent', async () => {
    const tenantId = shop();
    await giveBrand(tenantId);
    const { body } = await create({ brief: ROLES, tenantId, storeName: '순대 명가' });
    expect(body.brief).toEqual({
      ...ROLES,
      note: '포장 됩니다 · 063-123-4567 · 11시–21시',
      shop: '순대 명가',
      handle: '@jeonju_sikdang',
      place: '전주시 완산구',
    });
    const job = await show(body.jobId);
    expect(job.brief).toMatchObject({ sentence: null, leftovers: [] });
    expect(job.inputs.descKor).toMatch(/^순대국밥, 9,500원 → 8,900원, 12월 31일까지/);
    expect(job.shop).toBe('순대 명가');
  });

  it('with ideas and a post as the owner left them: they stay, and are known to be hers', async () => {
    const preview = (await understand({ brief: ROLES })).body;
    const [first, second, third] = preview.ideas;
    const mine = { ...second, texts: { ...second.texts, headline: '뜨끈한\n한 그릇' }, design: 'poster' };
    const post = { text: '오늘도 끓입니다', hashtags: '#순대국밥' };
    const { body } = await create({ brief: ROLES, ideas: [first, mine, third], post });
    expect(body.brief).toEqual(ROLES);
    const job = await show(body.jobId);
    expect(job.variants.map(({ ideaEdited }: { ideaEdited: boolean }) => ideaEdited)).toEqual([false, true, false]);
    expect(job.variants[1].idea).toEqual(mine);
    expect(job.post).toEqual({ ...post, edited: true });
  });

  it('with a headline alone shows exactly that on every picture', async () => {
    const { body } = await create({ adCopyKor: '여름 한정! 초계국수', variantsCount: 2 });
    expect(body.ideas.map(({ texts }: Idea) => texts)).toEqual([
      { headline: '여름 한정! 초계국수' },
      { headline: '여름 한정! 초계국수' },
    ]);
    expect(await copyOf(body.jobId)).toBe('여름 한정! 초계국수');
  });

  it('comes in a form as well, with everything as text', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ tenantId: shop(), brief: JSON.stringify(ROLES), variantsCount: '1' }))
      form.set(name, value);
    form.set('photos', new Blob([new Uint8Array(await drawnDish(100))]), 'dish.jpg');
    const { body, status } = await bench.send('POST', '/api/admin/jobs', { body: form });
    expect([status, body.brief, body.ideas?.length]).toEqual([200, ROLES, 1]);
  });

  it('is made once for a key, and another order under it refused', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const order = { tenantId: shop(), brief: ROLES };
    const first = await create(order, key);
    expect((await create(order, key)).body).toEqual(first.body);
    expect((await create({ ...order, brief: { ...ROLES, price: '9,900원' } }, key)).status).toBe(422);
    const made = await rows('select count(*)::int as jobs from jobs where tenant_id = $1', order.tenantId);
    expect(made).toEqual([{ jobs: 1 }]);
  });

  it('says nothing in its post that the shop’s last ones said beside its own words', async () => {
    const tenantId = shop();
    // At once: each has to see what the others wrote.
    const made = await Promise.all(Array.from({ length: 4 }, () => create({ tenantId, brief: { dish: '순대국밥' } })));
    const sentences = made.map(({ body }) =>
      (body.post.text as string).split('\n').filter((line) => line !== '' && line !== '순대국밥'),
    );
    const all = sentences.flat();
    expect(all.length).toBeGreaterThan(4);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([
    ['an unknown tone', { toneStyle: '시끄럽게' }, 'there is no tone style "시끄럽게"; there are "Hero Dish Focus"'],
    ['two ideas for three pictures', { ideas: IDEAS(2), variantsCount: 3 }, 'ideas: there are 2 for 3 pictures'],
    ['roles that are no JSON', { brief: 'dish=국밥' }, 'brief: must be JSON such as'],
    ['an unknown role', { brief: { name: '국밥' } }, 'name'],
    ['a headline that no picture holds', { adCopyKor: '가'.repeat(301) }, 'adCopyKor'],
    ['signs that no row can hold', { storeName: 'a\u0000b' }, 'storeName'],
    ['half a character', { adCopyKor: 'a\ud83d' }, 'adCopyKor'],
    ['six hashtags', { post: { text: '글', hashtags: '#a #b #c #d #e #f' } }, 'at most 5'],
  ])('with %s is refused and nothing is written', async (_, body, named) => {
    const tenantId = shop();
    const answer = await create({ tenantId, ...body });
    expect([answer.status, JSON.stringify(answer.body.message).replaceAll('\\"', '"')]).toEqual([
      400,
      expect.stringContaining(named),
    ]);
    expect(await rows('select from jobs where tenant_id = $1', tenantId)).toEqual([]);
  });

  it('takes a tone by its Korean name as well', async () => {
    const { body } = await create({ toneStyle: '미니멀 브랜딩', descKor: '국밥' });
    expect((await show(body.jobId)).inputs.tone).toBe('미니멀 브랜딩');
  });

  it('leaves nothing behind when it is deleted', async () => {
    const { body } = await create({ brief: ROLES });
    await finish(body.jobId);
    const { status, body: gone } = await bench.send('DELETE', `/api/admin/jobs/${body.jobId}`);
    expect([status, gone.rows]).toMatchObject([
      200,
      { 'pipeline.briefs': 1, 'pipeline.posts': 1, 'pipeline.ideas': 3 },
    ]);
  });
});

function IDEAS(count: number): Idea[] {
  return Array.from({ length: count }, () => ({ kind: 'dish', texts: { headline: '국밥' } }));
}

describe('another brief for a finished job', () => {
  const edit = (jobId: string, body: object, headers = {}) =>
    send('PUT', `/api/admin/jobs/${jobId}/brief`, body, headers);

  it('makes again only what says something else, once for a key; the job stays finished', async () => {
    const { body: made } = await create({ brief: ROLES });
    await finish(made.jobId);
    const key = { 'idempotency-key': randomUUID() };
    const brief = { ...ROLES, price: '7,900원' };
    const answer = await edit(made.jobId, { brief, note: '할인' }, key);
    asDocumented(schemas.briefAnswer, answer);
    expect((await edit(made.jobId, { brief, note: '할인' }, key)).body).toEqual(answer.body);
    const job = await show(made.jobId);
    expect(job).toMatchObject({ step: 'instagram_feed_gen', status: 'done', brief: { roles: brief } });
    expect(job.post.text).toContain('7,900원');
    expect(job.post.text).not.toContain('8,900원');
    for (const [index, { idea, step, status, generation }] of job.variants.entries()) {
      const isOther = JSON.stringify(idea) !== JSON.stringify(made.ideas[index]);
      expect([step, status, generation]).toEqual(isOther ? ['overlay', 'queued', 2] : ['iou_eval', 'done', 1]);
      expect(JSON.stringify(idea)).not.toContain('8,900원');
    }
    expect(job.inputs.descKor).toContain('7,900원');
    const { body: audit } = await bench.get(`/api/admin/audit?jobId=${made.jobId}&action=edit brief`);
    expect(audit.items.map(({ note }: { note: string }) => note)).toContain('할인');
  });

  it('leaves the owner’s own idea and post alone', async () => {
    const { body: made } = await create({ brief: ROLES });
    await finish(made.jobId);
    const mine: Idea = { kind: 'dish', texts: { headline: '내가 쓴 말' } };
    await send('POST', `/api/admin/variants/${made.variantIds[0]}/retry`, { idea: mine });
    await send('PUT', `/api/admin/jobs/${made.jobId}/post`, { text: '내가 쓴 글', hashtags: '' });
    await finish(made.jobId);
    const { body } = await edit(made.jobId, { sentence: SENTENCE });
    expect(body.items[0]).toMatchObject({ outcome: 'done', says: expect.stringContaining('kept') });
    // The answer is about what there is now, not about what would have been written.
    expect(body).toMatchObject({
      ideas: [mine, {}, {}],
      post: { text: '내가 쓴 글' },
      brief: { dish: '마파두부덮밥' },
    });
    expect(body.coverage.find(({ role }: { role: string }) => role === 'dish').pictures).not.toContain(1);
    expect(await copyOf(made.jobId)).toBe('내가 쓴 말');
    const job = await show(made.jobId);
    expect(job.variants[0]).toMatchObject({ idea: mine, ideaEdited: true, step: 'iou_eval', generation: 2 });
    expect(job.post).toEqual({ text: '내가 쓴 글', hashtags: '', edited: true });
    expect(job.brief).toMatchObject({ sentence: SENTENCE, roles: { dish: '마파두부덮밥' } });
  });

  it('that is the same sends nothing back to work', async () => {
    const { body: made } = await create({ brief: ROLES });
    await finish(made.jobId);
    const { body } = await edit(made.jobId, { brief: made.brief });
    expect(body.says).toContain('sent 0 of 3 variants back to work');
  });

  it('is refused while its pictures are being made, and nothing is written', async () => {
    const { body: made } = await create({ brief: ROLES });
    const answer = await edit(made.jobId, { brief: { dish: '냉면' } });
    asDocumented(schemas.briefAnswer, answer);
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining('a run is open') } });
    expect((await show(made.jobId)).brief.roles).toEqual(made.brief);
  });

  it.each([
    ['neither', {}],
    ['both', { brief: ROLES, sentence: '국밥' }],
  ])('with %s a sentence and roles is refused', async (_, body) => {
    const { body: made } = await create({ brief: ROLES });
    expect((await edit(made.jobId, body)).status).toBe(400);
  });

  it('of no job is not found', async () => {
    expect((await edit(randomUUID(), { brief: ROLES })).status).toBe(404);
  });
});

describe('where the roles are', () => {
  it('is told by what the pictures could hold', async () => {
    const { body: made } = await create({
      brief: { dish: '순대국밥', offer: '음료 증정' },
      variantsCount: 1,
      post: POST,
    });
    expect(made.coverage).toContainEqual({ role: 'offer', pictures: [1], inPost: false });
    const leftOut = [{ slot: 'offer', text: '음료 증정', reason: 'no room' }];
    const [variantId] = made.variantIds;
    await setVariant(bench.own, variantId, 'overlay', 'done');
    await bench.own.query('insert into overlay_layouts (job_variants_id, layout) values ($1, $2)', [
      variantId,
      JSON.stringify({ text: '순대국밥', elements: [], left_out: leftOut }),
    ]);
    const job = await show(made.jobId);
    expect(job.variants[0].leftOut).toEqual(leftOut);
    expect(job.coverage).toContainEqual({ role: 'offer', pictures: [], inPost: false, reason: 'no room' });
    // Until another overlay is drawn, nobody knows what the next one holds.
    await setVariant(bench.own, variantId, 'overlay', 'running');
    expect((await show(made.jobId)).coverage).toContainEqual({ role: 'offer', pictures: [1], inPost: false });
  });

  it('is told by what was drawn, also where nothing was said about the rest', async () => {
    const brief = { dish: '순대국밥', offer: '음료 증정' };
    const { body: made } = await create({ brief, variantsCount: 1, post: POST });
    const [variantId] = made.variantIds;
    await setVariant(bench.own, variantId, 'overlay', 'done');
    const headline = {
      slot: 'headline',
      area: 'main',
      lines: ['순대국밥'],
      box: { x: 0, y: 0, width: 1, height: 0.1 },
      badge: null,
      fontSize: 80,
      fontName: 'Pretendard ExtraBold',
      colour: 'ffffff',
      contrastRatio: 12,
    };
    await bench.own.query('insert into overlay_layouts (job_variants_id, layout) values ($1, $2)', [
      variantId,
      JSON.stringify({ text: '순대국밥', elements: [headline], left_out: [] }),
    ]);
    const { coverage } = await show(made.jobId);
    expect(coverage).toContainEqual({ role: 'dish', pictures: [1], inPost: true });
    expect(coverage).toContainEqual({
      role: 'offer',
      pictures: [],
      inPost: false,
      reason: 'no place in this design',
    });
  });
});

const POST = { text: '순대국밥 드시러 오세요', hashtags: '' };
