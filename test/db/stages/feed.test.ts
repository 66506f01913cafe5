import { afterAll, beforeAll, expect, test } from 'vitest';
import { putPost } from '../../../src/admin/briefs/stored-words.js';
import { untilOneWaits } from '../../support/lock-waits.js';
import { StageBench, TENANT } from './stage-bench.js';

let bench: StageBench;
beforeAll(async () => {
  bench = await StageBench.open();
});
afterAll(() => bench.close());

/** A job whose Korean copy is done: the feed is what is due. */
async function addJob(descKor: string, storeTitle = '봄날식당'): Promise<string> {
  const jobId = await bench.addJob({ descKor, storeTitle });
  await bench.query(`insert into pipeline.jobs (job_id) values ($1) on conflict do nothing`, [jobId]);
  await bench.query(`update pipeline.jobs set stage = 'ad_copy_gen_kor', status = 'done' where job_id = $1`, [jobId]);
  return jobId;
}

async function feedOf(jobId: string, key?: string): Promise<{ text: string; hashtags: string }> {
  const { status, body } = await bench.call('instagram_feed_gen', { job_id: jobId, tenant_id: TENANT }, key);
  expect(status, JSON.stringify(body)).toBe(200);
  return { text: body.instagram_ad_copy, hashtags: body.hashtags };
}

test('a job of another program: everything its description says is in the post', async () => {
  const { text, hashtags } = await feedOf(
    await addJob(
      'NEW! 자몽 허니 블랙티 ICE 4,500원 → 3,500원 ☕️✨ BUY ONE GET ONE, 성수동, 12월 31일까지 (포장·배달 가능)',
    ),
  );
  const parts =
    '자몽 허니 블랙티 ICE|4,500원 → 3,500원|BUY ONE GET ONE|성수동|12월 31일까지|포장·배달 가능|봄날식당|☕️✨';
  for (const part of parts.split('|')) expect(text).toContain(part);
  expect(hashtags.split(' ').slice(0, 3)).toEqual(['#자몽허니블랙티', '#성수동', '#봄날식당']);
});

test('no sentence of the shop’s last ten posts returns, whoever wrote them', async () => {
  const sentences = async (descKor: string): Promise<string[]> =>
    (await feedOf(await addJob(descKor, ''))).text.split('\n').filter((line) => line !== '' && !/^\p{So}/u.test(line));
  const seen: string[] = [];
  for (let post = 0; post < 11; post++) {
    const lines = await sentences('순대국밥');
    for (const line of lines) expect(seen, `post ${post}`).not.toContain(line);
    seen.push(...lines);
  }
});

test('the brand says how to reach the shop; a technical name is none', async () => {
  await bench.query(
    `insert into pipeline.brands (tenant_id, name, handle, phone, hours) values ($1, '봄날', '@bomnal', '02-555-1234', '11:00-21:00')`,
    [TENANT],
  );
  const { text } = await feedOf(
    await addJob('김치찌개 8,000원', 'Store for User 3f2504e0-4f89-41d3-9a0c-0305e82c3301'),
  );
  for (const part of ['봄날', '@bomnal', '02-555-1234', '11:00-21:00']) expect(text).toContain(part);
  expect(text).not.toMatch(/Store|3f2504e0/);
  await bench.query('delete from pipeline.brands where tenant_id = $1', [TENANT]);
});

test('a brief in roles is what counts, the newest', async () => {
  const jobId = await addJob('옛 설명');
  await bench.query(
    `insert into pipeline.briefs (job_id, generation, brief) values ($1, 1, '{"dish": "갈비탕"}'), ($1, 2, '{"dish": "육개장", "price": "9,500원"}')`,
    [jobId],
  );
  const { text } = await feedOf(jobId);
  expect(text).toContain('육개장 9,500원');
  expect(text).not.toMatch(/갈비탕|옛 설명/);
});

test('a post that was written with the job is published as its owner has left it', async () => {
  const jobId = await addJob('순대국밥');
  await bench.query(
    `insert into pipeline.posts (job_id, tenant_id, post, hashtags, edited) values ($1, $2, '오늘은 쉬어요.', '#쉼', true)`,
    [jobId, TENANT],
  );
  expect(await feedOf(jobId)).toEqual({ text: '오늘은 쉬어요.', hashtags: '#쉼' });
});

test('an attempt that is repeated writes the same post, whatever has been posted meanwhile', async () => {
  const jobId = await addJob('돼지국밥');
  const { key } = await bench.claim('instagram_feed_gen', { unitId: jobId, jobId });
  const first = await feedOf(jobId, key);
  // As if the attempt had been lost before it wrote: its effect is undone, the claim is open as before.
  await bench.query('delete from instagram_feeds where job_id = $1', [jobId]);
  await bench.query('delete from pipeline.answers where idempotency_key = $1', [key]);
  await bench.query(`update pipeline.claims set state = 'open', result = null where unit_id = $1`, [jobId]);
  await bench.query(`update pipeline.jobs set stage = 'instagram_feed_gen', status = 'running' where job_id = $1`, [
    jobId,
  ]);
  const other = await addJob('소머리국밥');
  await bench.query(`insert into pipeline.posts (job_id, tenant_id, post, hashtags) values ($1, $2, $3, '#국밥')`, [
    other,
    TENANT,
    first.text,
  ]);
  expect(await feedOf(jobId, key)).toEqual(first);
});

test('a post that its owner changes while the feed is being written is the one that is published', async () => {
  const jobId = await addJob('순대국밥');
  await bench.query(
    `insert into pipeline.posts (job_id, tenant_id, post, hashtags) values ($1, $2, '처음 글', '#처음')`,
    [jobId, TENANT],
  );
  const owner = await bench.pool.connect();
  try {
    await owner.query('begin');
    await owner.query(`set local pipeline.writer = 'admin'`);
    await owner.query('select from jobs where job_id = $1 for no key update', [jobId]);
    const published = feedOf(jobId);
    // The stage has read the post, and stands where it would write.
    await untilOneWaits(bench.pool, `query like '%for no key update%'`);
    await putPost(owner, jobId, { text: '고친 글', hashtags: '#고침' }, true);
    await owner.query('commit');
    await published;
  } finally {
    owner.release();
  }
  const [feed] = await bench.query<{ text: string; hashtags: string }>(
    'select instagram_ad_copy as text, hashtags from instagram_feeds where job_id = $1',
    [jobId],
  );
  expect(feed).toEqual({ text: '고친 글', hashtags: '#고침' });
});
