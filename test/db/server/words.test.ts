import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schemas from '../../../src/admin/http/answer-schemas.js';
import { FINISHED_IDEA, insertFinishedJob } from '../../support/finished-job.js';
import { insertJob } from '../../support/rows.js';
import { asDocumented, openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

const IDEA = FINISHED_IDEA;
const finished = () => insertFinishedJob(bench.own);

const retry = (variantId: string, body: object, headers = {}) =>
  bench.post(`/api/admin/variants/${variantId}/retry`, body, headers);
const put = (where: string, body: object, headers = {}) =>
  bench.send('PUT', where, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const show = async (jobId: string) => {
  const answer = await bench.get(`/api/admin/jobs/${jobId}`);
  asDocumented(schemas.jobDetail, answer);
  return answer.body;
};

describe('another idea for a finished picture', () => {
  it.each([
    ['other words', { ...IDEA, texts: { headline: '순대국' } }, 'overlay'],
    ['a line break of the owner’s', { ...IDEA, texts: { ...IDEA.texts, headline: '순대\n국밥' } }, 'overlay'],
    ['another size', { ...IDEA, headlineScale: 0.8 }, 'overlay'],
    ['the design that it has, named', { ...IDEA, design: 'hero', headlineScale: 1.2 }, 'overlay'],
    ['another design', { ...IDEA, design: 'retro' }, 'img_gen'],
    ['another kind', { ...IDEA, kind: 'moment' }, 'img_gen'],
  ] as const)('%s: begins where the work depends on it', async (_, idea, stage) => {
    const { jobId, variantId } = await finished();
    const answer = await retry(variantId, { idea });
    asDocumented(schemas.retryAnswer, answer);
    expect(answer.body.observed).toMatchObject({ step: stage, status: 'queued', generation: 2 });
    const job = await show(jobId);
    expect(job).toMatchObject({ step: 'instagram_feed_gen', status: 'done', post: { text: '어제의 글' } });
    expect(job.variants[0]).toMatchObject({ idea, ideaEdited: true, edited: { text: idea.texts.headline } });
  });

  it('another format makes another picture, and is remembered', async () => {
    const { jobId, variantId } = await finished();
    expect((await retry(variantId, { format: 'story' })).body.observed.step).toBe('img_gen');
    await bench.own.query('update jobs_variants set img_asset_id = null where job_variants_id = $1', [variantId]);
    expect((await show(jobId)).variants[0].format).toBe('story');
  });

  it('that says the same, or a format that it has, is refused', async () => {
    const { variantId } = await finished();
    const answer = await retry(variantId, { idea: IDEA, format: 'square' });
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining('is finished') } });
  });

  it('too late a stage for it is refused', async () => {
    const { variantId } = await finished();
    const answer = await retry(variantId, { idea: { ...IDEA, kind: 'deal' }, from: 'overlay' });
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining('begin from img_gen') } });
  });

  it('with only a headline keeps everything else of the idea', async () => {
    const { jobId, variantId } = await finished();
    expect((await retry(variantId, { text: '얼큰순대국' })).body.observed.step).toBe('overlay');
    expect((await show(jobId)).variants[0].idea).toEqual({ ...IDEA, texts: { ...IDEA.texts, headline: '얼큰순대국' } });
  });

  it('is brought to NFC, and its signs that no face has are named', async () => {
    const { jobId, variantId } = await finished();
    const headline = '국밥'.normalize('NFD');
    const { body } = await retry(variantId, { idea: { ...IDEA, texts: { headline, note: '꿀잼 \u{1F95F}' } } });
    expect(body.warnings).toEqual([{ role: 'note', words: '\u{1F95F}', code: 'noGlyph' }]);
    expect((await show(jobId)).variants[0].idea.texts.headline).toBe('국밥');
  });

  it.each([
    ['without a headline', { idea: { kind: 'dish', texts: {} } }, 'headline'],
    ['with a place that there is not', { idea: { kind: 'dish', texts: { headline: 'a', footer: 'b' } } }, 'footer'],
    ['too large', { idea: { ...IDEA, headlineScale: 3 } }, 'headlineScale'],
    ['that cannot be stored', { idea: { ...IDEA, texts: { headline: 'a\u0000b' } } }, 'headline'],
    ['beside another headline', { idea: IDEA, text: '국밥' }, 'text, idea'],
    ['in a design that there is not', { idea: { ...IDEA, design: 'brochure' } }, 'poster'],
    ['in a format that there is not', { format: 'poster' }, 'format'],
    ['in a tone that there is not', { tone: '없는 톤' }, 'Hero Dish Focus'],
  ])('%s is refused, and names it', async (_, body, named) => {
    const { variantId } = await finished();
    const answer = await retry(variantId, body);
    expect([answer.status, JSON.stringify(answer.body.message)]).toEqual([400, expect.stringContaining(named)]);
  });
});

describe('the post', () => {
  it('is changed by its owner, also for neighbours, once for a key, and audited', async () => {
    const { jobId } = await finished();
    const key = { 'idempotency-key': randomUUID() };
    const where = `/api/admin/jobs/${jobId}/post`;
    const post = { text: '오늘의 국밥\n\n포장 됩니다', hashtags: '#국밥  #전주' };
    const answer = await put(where, { ...post, note: '오타' }, key);
    asDocumented(schemas.postAnswer, answer);
    const observed = { text: post.text, hashtags: '#국밥 #전주', edited: true };
    expect(answer.body).toMatchObject({ before: { text: '어제의 글', edited: false }, observed });
    expect((await put(where, { ...post, note: '오타' }, key)).body).toEqual(answer.body);
    const job = await show(jobId);
    expect(job).toMatchObject({ post: observed, feed: { text: post.text, hashtags: '#국밥 #전주' } });
    const results = await bench.get(`/api/v1/jobs/${jobId}/results`);
    expect(results.body).toMatchObject({ instagram_ad_copy: post.text, hashtags: '#국밥 #전주' });
    const { body } = await bench.get(`/api/admin/audit?jobId=${jobId}&action=edit post`);
    expect(body.items).toMatchObject([{ note: '오타', before: { text: '어제의 글' }, after: { text: post.text } }]);
  });

  it('of a job that has none yet is written', async () => {
    const { jobId } = await insertJob(bench.own);
    expect((await put(`/api/admin/jobs/${jobId}/post`, { text: '글', hashtags: '' })).body.before).toBeNull();
    expect((await show(jobId)).post).toEqual({ text: '글', hashtags: '', edited: true });
  });

  it.each([
    ['six hashtags', { text: '글', hashtags: '#a #b #c #d #e #f' }, 'at most 5'],
    ['hashtags that are none', { text: '글', hashtags: '국밥' }, 'hashtags'],
    ['no text', { text: ' ', hashtags: '' }, 'text'],
    ['more than Instagram takes', { text: '가'.repeat(2201), hashtags: '' }, '2200'],
    ['signs that no row can hold', { text: 'a\u0000', hashtags: '' }, 'text'],
  ])('with %s is refused', async (_, body, named) => {
    const { jobId } = await finished();
    const answer = await put(`/api/admin/jobs/${jobId}/post`, body);
    expect([answer.status, JSON.stringify(answer.body.message)]).toEqual([400, expect.stringContaining(named)]);
    expect((await show(jobId)).post).toMatchObject({ text: '어제의 글', edited: false });
  });

  it('of no job is not found', async () => {
    expect((await put(`/api/admin/jobs/${randomUUID()}/post`, { text: '글', hashtags: '' })).status).toBe(404);
  });
});
