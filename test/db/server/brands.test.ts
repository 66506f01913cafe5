import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brandAnswer, brandPage, shownBrand } from '../../../src/admin/http/brand-answers.js';
import { sweepOrphanFiles } from '../../../src/assets/orphan-files.js';
import { readBrand } from '../../../src/brands/brand.js';
import { asDocumented, openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

const WORDS = {
  name: '미자네 국밥',
  colour: 'ffd400',
  secondColour: '1b3b6f',
  handle: '@mija.gukbap',
  phone: '02-123-4567',
  address: '서울 종로구 자하문로 12',
  hours: '매일 10:30–21:00',
  face: 'ExtraBold',
};
const newTenant = (): string => `shop-${randomUUID()}`;
const put = (tenantId: string, body: object, headers: Record<string, string> = {}) =>
  bench.send('PUT', `/api/admin/brands/${tenantId}`, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const putLogo = (tenantId: string, logo: Buffer | undefined, headers: Record<string, string> = {}) => {
  const form = new FormData();
  if (logo) form.set('logo', new Blob([new Uint8Array(logo)]), 'logo.png');
  else form.set('note', 'no file');
  return bench.send('PUT', `/api/admin/brands/${tenantId}/logo`, { headers, body: form });
};
const drawLogo = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: { create: { width: 100, height: 80, channels: 4, background: colour } }, left: 9, top: 9 }])
    .png()
    .toBuffer();
const auditOf = async (action: string, tenantId: string) =>
  (
    await bench.own.query(
      'select actor, before, after, note from pipeline.audit where action = $1 and tenant_id = $2',
      [action, tenantId],
    )
  ).rows;

describe('a brand', () => {
  it('is said by a shop that nobody has heard of yet, shown, and read by whoever makes its pictures', async () => {
    const tenantId = newTenant();
    const missing = await bench.get(`/api/admin/brands/${tenantId}`);
    expect([missing.status, missing.body.message]).toEqual([404, `there is no brand of the tenant "${tenantId}"`]);
    expect(await readBrand(bench.own, tenantId)).toBeUndefined();

    const answer = await put(tenantId, { ...WORDS, note: 'opening day' });
    asDocumented(brandAnswer, answer);
    const brand = { tenantId, ...WORDS, logoUrl: null };
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'done', before: null, observed: brand } });
    expect(await readBrand(bench.own, tenantId)).toEqual(brand);
    expect(await auditOf('set brand', tenantId)).toEqual([
      { actor: 'loopback', before: null, after: brand, note: 'opening day' },
    ]);

    const shown = await bench.get(`/api/admin/brands/${tenantId}`);
    asDocumented(shownBrand, shown);
    expect(shown.body).toMatchObject(brand);
    const { colour, secondColour } = shown.body.inUse;
    // Yellow cannot be read on white; dark blue can, and both can be written on as they are.
    expect(colour.text.shift).toBeLessThan(-0.1);
    expect(colour.text.contrast).toBeGreaterThanOrEqual(4.5);
    expect(colour.ground).toMatchObject({ colour: 'ffd400', shift: 0, ink: '1a1a1a' });
    expect(secondColour.text).toMatchObject({ colour: '1b3b6f', shift: 0 });
    expect(secondColour.ground).toMatchObject({ colour: '1b3b6f', shift: 0, ink: 'ffffff' });
  });

  it('is put as a whole: what is not said any more is gone, but the logo stays', async () => {
    const tenantId = newTenant();
    await put(tenantId, WORDS);
    await putLogo(tenantId, await drawLogo('#d4380d'));
    const { body } = await put(tenantId, { name: '미자네' });
    expect(body.observed).toEqual({
      tenantId,
      name: '미자네',
      logoUrl: expect.stringMatching(/^\/assets\/yh\/tenants\/.*\/logo\/.*\.png$/),
      colour: null,
      secondColour: null,
      handle: null,
      phone: null,
      address: null,
      hours: null,
      face: null,
    });
  });

  it('with a key is set once, and answered alike', async () => {
    const tenantId = newTenant();
    const once = { 'idempotency-key': randomUUID() };
    const first = await put(tenantId, { name: '하나' }, once);
    await put(tenantId, { name: '둘' });
    expect((await put(tenantId, { name: '하나' }, once)).body).toEqual(first.body);
    expect((await readBrand(bench.own, tenantId))?.name).toBe('둘');
    expect((await put(tenantId, { name: '셋' }, once)).status).toBe(422);
    expect((await put(newTenant(), { name: '하나' }, once)).status).toBe(422);
  });

  it('that cannot be understood is refused by its fields, and nothing is written', async () => {
    const tenantId = newTenant();
    const { status, body } = await put(tenantId, { name: '미자네', handle: '@mi ja', colour: 'red' });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(
      /handle: must be an Instagram name.*colour: must be a colour|colour: must be a colour.*handle: must/,
    );
    expect(await readBrand(bench.own, tenantId)).toBeUndefined();
    expect((await bench.own.query('select from tenants where tenant_id = $1', [tenantId])).rowCount).toBe(0);
  });

  it('of a face that is drawn with no more is one without a face', async () => {
    const tenantId = newTenant();
    await put(tenantId, WORDS);
    await bench.own.query(`update pipeline.brands set face = 'Blackletter' where tenant_id = $1`, [tenantId]);
    expect((await readBrand(bench.own, tenantId))?.face).toBeNull();
    expect((await bench.get(`/api/admin/brands/${tenantId}`)).status).toBe(200);
  });

  it('two who set one at once are both answered, and both audited', async () => {
    const tenantId = newTenant();
    const answers = await Promise.all(['하나', '둘'].map((name) => put(tenantId, { name })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(['하나', '둘']).toContain((await readBrand(bench.own, tenantId))?.name);
    expect(await auditOf('set brand', tenantId)).toHaveLength(2);
  });
});

it('the list pages through all brands, each once', async () => {
  const made = Array.from({ length: 5 }, newTenant);
  for (const tenantId of made) await put(tenantId, { name: '미자네' });
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const page = await bench.get(`/api/admin/brands?limit=2${next ? `&cursor=${encodeURIComponent(next)}` : ''}`);
    asDocumented(brandPage, page);
    seen.push(...page.body.items.map(({ tenantId }: { tenantId: string }) => tenantId));
    next = page.body.next;
  } while (next);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(made));
});

describe('a logo', () => {
  it('is kept as a file of its tenant, replaced, and taken away; the file of the one before stays', async () => {
    const tenantId = newTenant();
    const first = await putLogo(tenantId, await drawLogo('#d4380d'));
    asDocumented(brandAnswer, first);
    const { logoUrl } = first.body.observed;
    const file = await bench.get(logoUrl);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await sharp(await bench.assets.read(logoUrl)).metadata()).width).toBe(100);

    const second = await putLogo(tenantId, await drawLogo('#046'));
    expect(second.body.before.logoUrl).toBe(logoUrl);
    expect(second.body.observed.logoUrl).not.toBe(logoUrl);
    // Pictures that were begun with it still draw it.
    expect((await bench.get(logoUrl)).status).toBe(200);

    const remove = () => bench.send('DELETE', `/api/admin/brands/${tenantId}/logo`);
    const gone = await remove();
    asDocumented(brandAnswer, gone);
    expect(gone.body.observed.logoUrl).toBeNull();
    expect(await remove()).toMatchObject({ status: 409, body: { message: `the brand of ${tenantId} has no logo` } });
    expect(await auditOf('set logo', tenantId)).toHaveLength(2);
    expect(await auditOf('remove logo', tenantId)).toHaveLength(2);
  });

  it('with a key is set once, and another file with that key is refused', async () => {
    const tenantId = newTenant();
    const once = { 'idempotency-key': randomUUID() };
    const [red, blue] = [await drawLogo('#d4380d'), await drawLogo('#046')];
    const first = await putLogo(tenantId, red, once);
    expect((await putLogo(tenantId, red, once)).body).toEqual(first.body);
    expect((await putLogo(tenantId, blue, once)).status).toBe(422);
    expect((await readBrand(bench.own, tenantId))?.logoUrl).toBe(first.body.observed.logoUrl);
  });

  it('that is none is refused before anything is written', async () => {
    const tenantId = newTenant();
    const opaque = await sharp(await drawLogo('#d4380d'))
      .flatten()
      .png()
      .toBuffer();
    expect((await putLogo(tenantId, opaque)).status).toBe(415);
    expect((await putLogo(tenantId, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).status).toBe(415);
    expect((await putLogo(tenantId, Buffer.alloc(3 * 1024 * 1024))).status).toBe(413);
    expect(await putLogo(tenantId, undefined)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^logo: send a PNG/) },
    });
    expect(await readBrand(bench.own, tenantId)).toBeUndefined();
  });

  it('is no orphan while a brand names it', async () => {
    const tenantId = newTenant();
    const { body } = await putLogo(tenantId, await drawLogo('#d4380d'));
    const before = body.observed.logoUrl as string;
    await putLogo(tenantId, await drawLogo('#046'));
    const now = (await readBrand(bench.own, tenantId))?.logoUrl;
    const { root } = bench.assets;
    const { orphans } = await sweepOrphanFiles(
      { pool: bench.own, root, partName: 'yh' },
      { olderThanMs: -60_000, dryRun: true },
    );
    expect(orphans).toContain(before);
    expect(orphans).not.toContain(now);
  });
});
