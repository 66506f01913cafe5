import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neighbourProgress, neighbourResults } from '../../../src/admin/http/answer-schemas.js';
import { createKey } from '../../../src/auth/keys.js';
import { drawnDish } from '../../support/pictures.js';
import { plain } from '../../unit/imaging/pictures.js';
import { insertJob } from '../../support/rows.js';
import { openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
let photo: Buffer<ArrayBuffer>;
beforeAll(async () => {
  bench = await openServerBench();
  photo = Buffer.from(await drawnDish());
});
afterAll(() => bench?.close());

const form = (fields: Record<string, string | Blob | Blob[]>): RequestInit => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value])
      if (typeof one === 'string') body.append(name, one);
      else body.append(name, one, 'dish.jpg');
  return { body };
};
const picture = (): Blob => new Blob([photo], { type: 'image/jpeg' });
const files = (): number =>
  readdirSync(bench.assets.root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
const variantEventsOf = async (jobId: string): Promise<number> =>
  (await bench.own.query(`select from pipeline.outbox where job_id = $1 and kind = 'variant'`, [jobId])).rowCount ?? 0;

describe('creating a job', () => {
  it('from uploads makes photo, copy and variants, and the events that start them', async () => {
    const answer = await bench.send(
      'POST',
      '/api/admin/jobs',
      form({ tenantId: 'shop-1', descKor: '얼큰한 김치찌개', variantsCount: '2', photos: [picture(), picture()] }),
    );
    expect(answer).toMatchObject({
      status: 200,
      body: { outcome: 'done', observed: { step: 'user_img_input', status: 'done' } },
    });
    const { jobId, variantIds } = answer.body;
    expect(variantIds).toHaveLength(2);
    const { body } = await bench.get(`/api/admin/jobs/${jobId}`);
    expect(body).toMatchObject({ tenantId: 'shop-1', inputs: { descKor: '얼큰한 김치찌개' } });
    expect(body.copy).toHaveLength(2);
    expect(body.timeline.at(-1)).toMatchObject({ what: 'create job', actor: 'loopback' });
    expect(await variantEventsOf(jobId)).toBe(2);
  });

  it('twice with one key makes one', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const create = () =>
      bench.send('POST', '/api/admin/jobs', { ...form({ tenantId: 'shop-2', photos: picture() }), headers });
    const [first, second] = await Promise.all([create(), create()]);
    expect(second.body).toEqual(first.body);
    expect((await create()).body).toEqual(first.body);
    const { rows } = await bench.own.query(`select count(*)::int as jobs from jobs where tenant_id = 'shop-2'`);
    expect(rows[0].jobs).toBe(1);
  });

  it('from a picture that is there already, with copy of its own', async () => {
    const { url } = await bench.assets.publish({
      tenantId: 'x',
      kind: 'original',
      id: randomUUID(),
      extension: 'jpg',
      bytes: photo,
      date: new Date(),
    });
    const { body } = await bench.post('/api/admin/jobs', {
      tenantId: 'shop-3',
      pictureUrls: [url],
      adCopyKor: '우리 집 국밥',
    });
    const { copy } = (await bench.get(`/api/admin/jobs/${body.jobId}`)).body;
    expect(copy.find(({ stage }: { stage: string }) => stage === 'ad_copy_kor')).toMatchObject({
      korean: '우리 집 국밥',
    });
  });

  it.each([
    ['no picture', { tenantId: 'x' }, 400, 'photos'],
    ['text for a picture', { tenantId: 'x', photos: new Blob(['just words']) }, 415, 'not a JPEG, PNG or WebP'],
    [
      'a drawing with scripts',
      { tenantId: 'x', photos: new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']) },
      415,
      'not a',
    ],
    ['too much', { tenantId: 'x', photos: new Blob([Buffer.alloc(65 * 1024 * 1024)]) }, 413, 'large'],
    ['no tenant', { photos: new Blob(['x']) }, 400, 'tenantId'],
    ['a tenant that is a path', { tenantId: '../x', photos: new Blob(['x']) }, 400, 'tenantId'],
    ['a number that is none', { tenantId: 'x', variantsCount: 'many', photos: new Blob(['x']) }, 400, 'variantsCount'],
  ] as [string, Record<string, string | Blob>, number, string][])(
    'refuses %s and leaves nothing',
    async (_, fields, status, words) => {
      const before = files();
      const answer = await bench.send('POST', '/api/admin/jobs', form(fields));
      expect(answer.status).toBe(status);
      expect(JSON.stringify(answer.body)).toContain(words);
      expect(files()).toBe(before);
    },
  );

  it('refuses a photo on which nothing is to be seen while its sender is still there', async () => {
    const before = files();
    for (const [colour, words] of [
      ['#000000', 'almost black'],
      ['#c08040', 'of one colour'],
    ] as const) {
      const photos = new Blob([Buffer.from(await plain(colour))]);
      const answer = await bench.send('POST', '/api/admin/jobs', form({ tenantId: 'dark', photos }));
      expect([colour, answer.status]).toEqual([colour, 415]);
      expect(answer.body.message).toContain(words);
    }
    expect(files()).toBe(before);
    expect((await bench.own.query(`select from jobs where tenant_id = 'dark'`)).rowCount).toBe(0);
  });

  it.each([
    '/assets/../secret.jpg',
    '/etc/passwd',
    'http://127.0.0.1/x.jpg',
    '/assets/missing.jpg',
    '/assets/%2e%2e/x',
  ])('opens and fetches nothing for the picture %s', async (url) => {
    const { status, body } = await bench.post('/api/admin/jobs', { tenantId: 'x', pictureUrls: [url] });
    expect(status).toBe(400);
    expect(body.message).toContain('pictureUrls');
  });
});

describe('the front end’s way', () => {
  it.each([
    ['an image', () => ({ image: picture(), description: '든든한 국밥' })],
    ['base64', () => ({ image_base64: photo.toString('base64'), image_name: 'a.jpg', description: '든든한 국밥' })],
    [
      'a request as JSON',
      () => ({ image: picture(), request: JSON.stringify({ description: '든든한 국밥', ad_copy_eng: 'Soup' }) }),
    ],
  ])('creates from %s', async (_, fields) => {
    const { status, body } = await bench.send('POST', '/api/v1/jobs/create', form(fields()));
    expect(status).toBe(200);
    expect(body).toEqual({ job_id: expect.any(String), status: 'job_created_and_inputs_submitted' });
    const { rows } = await bench.own.query('select desc_kor from job_inputs where job_id = $1', [body.job_id]);
    expect(rows).toEqual([{ desc_kor: '든든한 국밥' }]);
  });

  it.each([
    ['nothing', {}, 'image'],
    ['what is no base64', { image_base64: '!!' }, 'image_base64'],
    ['a description that no row can hold', { image_base64: 'AAAA', description: 'a\u0000' }, 'description'],
    ['half a character', { image_base64: 'AAAA', request: '{"ad_copy_kor": "a\\ud83d"}' }, 'request.ad_copy_kor'],
    ['a request that is no JSON', { image_base64: 'AAAA', request: '{' }, 'request'],
  ])('refuses %s', async (_, fields, field) => {
    const { status, body } = await bench.send('POST', '/api/v1/jobs/create', form(fields as Record<string, string>));
    expect(status).toBe(400);
    expect(JSON.stringify(body.message)).toContain(field);
  });
});

it('an unknown tone is refused with those that there are, and nothing is made', async () => {
  const request = JSON.stringify({ tenant_id: 'toneless', tone_style: 'Loud', description: '국밥' });
  const { status, body } = await bench.send('POST', '/api/v1/jobs/create', form({ image: picture(), request }));
  expect([status, body.message]).toEqual([400, expect.stringContaining('"Minimalist Branding"')]);
  expect((await bench.own.query(`select from jobs where tenant_id = 'toneless'`)).rowCount).toBe(0);
});

describe('results', () => {
  const results = (jobId: string) => bench.get(`/api/v1/jobs/${jobId}/results`);

  it('are the newest feed and the pictures that succeeded', async () => {
    const { jobId, variantIds } = await insertJob(bench.own, { variants: 3, step: 'iou_eval', status: 'done' });
    for (const [index, id] of variantIds.entries()) {
      const { rows } = await bench.own.query(
        `insert into image_assets (image_url) values ($1) returning image_asset_id`,
        [`/assets/${index}.png`],
      );
      await bench.own.query('update jobs_variants set overlaid_img_asset_id = $2 where job_variants_id = $1', [
        id,
        rows[0].image_asset_id,
      ]);
    }
    await bench.own.query(`update jobs_variants set status = 'failed' where job_variants_id = $1`, [variantIds[1]]);
    for (const copy of ['old', 'new'])
      await bench.own.query(
        `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
           instagram_ad_copy, hashtags, created_at) values ($1, 'test', '', '', '', '', $2, '#국밥', clock_timestamp())`,
        [jobId, copy],
      );
    await bench.own.query(`update jobs set current_step = 'instagram_feed_gen', status = 'done' where job_id = $1`, [
      jobId,
    ]);
    neighbourResults.parse((await results(jobId)).body);
    expect(await results(jobId)).toMatchObject({
      status: 200,
      body: {
        job_id: jobId,
        images: [{ image_url: '/assets/0.png' }, { image_url: '/assets/2.png' }],
        instagram_ad_copy: 'new',
        hashtags: '#국밥',
      },
    });
  });

  it('are on their way, with 202', async () => {
    const { jobId } = await insertJob(bench.own);
    neighbourProgress.parse((await results(jobId)).body);
    expect(await results(jobId)).toMatchObject({
      status: 202,
      body: { detail: 'The job is at (user_img_input, done)' },
    });
  });

  it('of a failed job are its reason, with an end to asking', async () => {
    const { jobId } = await insertJob(bench.own);
    await bench.own.query(`update jobs set current_step = 'planner', status = 'failed' where job_id = $1`, [jobId]);
    await bench.own.query(
      `insert into pipeline.jobs (job_id, reason) values ($1, 'no room') on conflict (job_id) do update set reason = 'no room'`,
      [jobId],
    );
    neighbourProgress.parse((await results(jobId)).body);
    expect(await results(jobId)).toMatchObject({
      status: 409,
      body: { detail: 'The job has failed at (planner, failed): no room' },
    });
  });

  it('of nobody are not found', async () => {
    expect((await results(randomUUID())).status).toBe(404);
    expect((await results('x')).status).toBe(400);
  });
});

describe('assets', () => {
  const place = (name: string, content: string | Buffer): string => {
    mkdirSync(path.join(bench.assets.root, 'ye'), { recursive: true });
    writeFileSync(path.join(bench.assets.root, 'ye', name), content);
    return `/assets/ye/${name}`;
  };
  /** As it stands: fetch would tidy the path up before it is sent. */
  const raw = async (target: string): Promise<string> => {
    const { hostname, port } = new URL(bench.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET ${target} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    return text(socket);
  };

  it('come with their type, for ever, and in parts', async () => {
    const url = place('a.jpg', photo);
    const whole = await fetch(new URL(url, bench.url));
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-type')).toBe('image/jpeg');
    expect(whole.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(whole.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(Buffer.from(await whole.arrayBuffer()).equals(photo)).toBe(true);
    const part = await fetch(new URL(url, bench.url), { headers: { range: 'bytes=0-9' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(photo.subarray(0, 10))).toBe(true);
    // fetch would ask intermediaries not to answer from memory, which makes every answer a whole one.
    const known = await request(new URL(url, bench.url), {
      headers: { 'if-none-match': whole.headers.get('etag') ?? '' },
    });
    await known.body.dump();
    expect(known.statusCode).toBe(304);
  });

  it('of any name are served, however name and address spell it', async () => {
    for (const name of ['김치찌개.png', '점심 특선 1.png', 'Crème brûlée (2).png', '갈비탕 & 냉면 + 밥.png']) {
      for (const form of ['NFC', 'NFD'] as const) {
        place(`${form} ${name}`.normalize(form), photo);
        for (const asked of ['NFC', 'NFD'] as const) {
          const url = `/assets/ye/${form} ${name}`.normalize(asked).split('/').map(encodeURIComponent).join('/');
          const whole = await bench.get(url);
          expect([url, whole.status, whole.headers.get('content-type')]).toEqual([url, 200, 'image/png']);
          const small = await bench.get(`/thumbnails/320${url}`);
          expect([url, small.status, small.headers.get('content-type')]).toEqual([url, 200, 'image/webp']);
        }
      }
    }
  });

  it('that could run in a browser are something to save', async () => {
    for (const name of ['a.html', 'a.svg', 'noextension']) {
      const { headers } = await bench.get(place(name, '<script>alert(1)</script>'));
      expect([name, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
        name,
        'application/octet-stream',
        'attachment',
      ]);
    }
  });

  it.each([
    '/assets/../../etc/passwd',
    '/assets//etc/passwd',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%2f..%2fetc/passwd',
    '/assets/ye/%00.jpg',
    '/assets/%252e%252e/%252e%252e/etc/passwd',
    '/assets/ye/%E0%A4%A.jpg',
    '/assets/ye/..%5c..%5cx',
    '/thumbnails/320/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/ye/..\\..\\x',
  ])('never leave the root: %s', async (target) => {
    expect(await raw(target)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await raw(target)).not.toContain('root:');
  });

  it('that are not there, are folders, or lead elsewhere are not found', async () => {
    place('b.jpg', photo);
    symlinkSync('/etc/passwd', path.join(bench.assets.root, 'ye', 'link.jpg'));
    for (const name of ['none.jpg', '', 'link.jpg'])
      expect([name, [400, 404].includes((await bench.get(`/assets/ye/${name}`)).status)]).toEqual([name, true]);
  });
});

describe('an installation that shows its results', () => {
  it('shows them to everybody, on other sites as well, and nothing else', async () => {
    const open = await openServerBench({ isShared: true, origins: ['https://shop.example'] });
    try {
      await createKey(open.own, { name: 'operator', scope: 'operate', actor: 'test' });
      const { jobId } = await insertJob(open.own);
      mkdirSync(open.assets.root, { recursive: true });
      writeFileSync(path.join(open.assets.root, 'a.png'), photo);
      const image = await open.get('/assets/a.png', { origin: 'https://shop.example' });
      expect(image.status).toBe(200);
      expect(image.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(image.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      expect(
        (await open.get('/assets/a.png', { origin: 'https://other.example' })).headers.get(
          'access-control-allow-origin',
        ),
      ).toBeNull();
      expect((await open.get(`/api/v1/jobs/${jobId}/results`)).status).toBe(202);
      expect((await open.get('/api/admin/jobs')).status).toBe(401);
      expect((await open.send('POST', '/api/v1/jobs/create', form({ image: picture() }))).status).toBe(401);
    } finally {
      await open.close();
    }
  });
});
