import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStream, nextOf } from './event-stream.js';
import { liveRoutes } from './live-routes.js';
import { type Answer, openServerBench, type ServerBench } from './server-bench.js';
import { setVariant } from '../../support/rows.js';
import { everythingOf, keyOf, openShop, type Shop } from './shop.js';

const KIM = 'kim-kitchen';
const LEE = 'lee-kitchen';

/**
 * What a key of one tenant finds at routes that do not name a job, a variant or a tenant alone. A new route of that kind
 * is closed to such keys until it narrows what it does; then it has to be declared here.
 */
const OTHERS: Record<string, 'its own' | 'closed' | "nobody's"> = {
  'GET /healthz': "nobody's",
  'GET /health': "nobody's",
  'GET /health/ready': "nobody's",
  'GET /docs': "nobody's",
  'GET /openapi.json': "nobody's",
  'GET /api/admin/session': "nobody's",
  'GET /api/admin/designs': "nobody's",
  'POST /api/admin/photos/advice': "nobody's",
  'POST /api/admin/session': "nobody's",
  'DELETE /api/admin/session': "nobody's",
  'GET /metrics': 'closed',
  'GET /api/admin/queues': 'closed',
  'POST /api/admin/dead-letters/:outboxId/redeliver': 'closed',
  'GET /api/admin/jobs': 'its own',
  'GET /api/admin/variants': 'its own',
  'GET /api/admin/intake': 'its own',
  'GET /api/admin/tones': 'its own',
  'GET /api/admin/brands': 'its own',
  'GET /api/admin/audit': 'its own',
  'GET /api/admin/events': 'its own',
  'GET /assets/*path': 'its own',
  'GET /thumbnails/:width/*path': 'its own',
  'POST /api/admin/jobs': 'its own',
  'POST /api/admin/jobs/retry-failed': 'its own',
  'POST /api/admin/intake/pause': 'its own',
  'POST /api/admin/intake/resume': 'its own',
  'POST /api/admin/briefs/understand': 'its own',
  'POST /api/v1/jobs/create': 'its own',
};

const namesOnly = (route: string, parameters: string[]): boolean => {
  const named = [...route.matchAll(/[:*](\w+)/g)].map(([, name]) => name as string);
  return named.length > 0 && named.every((name) => parameters.includes(name));
};
/** Routes about one thing, which their path names. */
const isAboutOne = (route: string): boolean => namesOnly(route, ['jobId', 'variantId', 'tenantId']);

const writeAt = async (file: string, bytes: Buffer): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
};

let bench: ServerBench;
let lee: Shop;
let kims: Record<string, string>;
let everybodys: Record<string, string>;
beforeAll(async () => {
  bench = await openServerBench();
  lee = await openShop(bench, LEE);
  await bench.own.query(`insert into pipeline.pauses (tenant_id, actor, note) values ($1, 'test', $2)`, [
    LEE,
    'the words of lee',
  ]);
  kims = await keyOf(bench, KIM);
  everybodys = await keyOf(bench, null);
});
afterAll(() => bench?.close());

interface Ids {
  jobId: string;
  variantId: string;
  tenantId: string;
}
const idsOf = ({ jobId, variantIds: [finished, failed], tenantId }: Shop, route: string): Ids => ({
  jobId,
  variantId: route.endsWith('/retry') ? failed : finished,
  tenantId,
});
const nobodys = (): Ids => ({ jobId: randomUUID(), variantId: randomUUID(), tenantId: `nobody-${randomUUID()}` });

const call = (route: string, ids: Ids, headers: Record<string, string>): Promise<Answer> => {
  const [method, path] = route.split(' ') as [string, string];
  const where = path.replace(/:(\w+)/g, (_, name: keyof Ids) => ids[name]);
  const hasBody = method === 'POST' || method === 'PUT';
  return bench.send(method, where, {
    headers: { ...headers, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: JSON.stringify({ note: 'who may?' }) }),
  });
};
/** An answer without the ids that were asked for. */
const apartFrom = ({ status, body }: Answer, ids: Ids): string =>
  Object.values(ids).reduce((text: string, id: string) => text.replaceAll(id, '…'), JSON.stringify({ status, body }));

it('every route is about one thing that its path names, or says what it is to tenants', () => {
  const live = liveRoutes(bench);
  expect(live.filter((route) => !isAboutOne(route)).sort()).toEqual(Object.keys(OTHERS).sort());
});

describe('things that a path names', () => {
  it("are missing for another tenant's key exactly like things that never were, and stay as they are", async () => {
    const before = await everythingOf(bench, LEE);
    for (const route of liveRoutes(bench).filter(isAboutOne)) {
      const [theirs, none] = [idsOf(lee, route), nobodys()];
      const answer = await call(route, theirs, kims);
      expect([route, answer.status]).toEqual([route, 404]);
      expect([route, apartFrom(answer, theirs)]).toEqual([route, apartFrom(await call(route, none, kims), none)]);
    }
    expect(await everythingOf(bench, LEE)).toEqual(before);
  });

  it('are there for the tenant’s own key, and for a key of all tenants', async () => {
    for (const headers of [kims, everybodys]) {
      for (const route of liveRoutes(bench).filter(isAboutOne)) {
        const { status } = await call(route, idsOf(await openShop(bench, KIM), route), headers);
        expect([route, [401, 403, 404].includes(status) ? status : 'open']).toEqual([route, 'open']);
      }
    }
  });

  it('that are no ids are refused as such', async () => {
    expect((await bench.get('/api/admin/jobs/1', kims)).status).toBe(400);
  });

  it('a deletion given again is answered again to whose it was, and to nobody else', async () => {
    const { jobId } = await openShop(bench, KIM);
    const again = { ...kims, 'idempotency-key': randomUUID() };
    const remove = (headers: Record<string, string>) =>
      bench.send('DELETE', `/api/admin/jobs/${jobId}?force=true`, { headers });
    const first = await remove(again);
    expect(first.status).toBe(200);
    expect(await remove(again)).toMatchObject({ status: 200, body: first.body });
    expect((await remove(await keyOf(bench, LEE))).status).toBe(404);
    const entries = await bench.get(`/api/admin/audit?jobId=${jobId}&action=delete job`, kims);
    expect(entries.body.items).toMatchObject([{ jobId, action: 'delete job' }]);
    expect((await bench.get(`/api/admin/audit?jobId=${jobId}`, await keyOf(bench, LEE))).body.items).toEqual([]);
  });
});

describe('lists', () => {
  const LISTS = Object.entries(OTHERS)
    .filter(([route, what]) => what === 'its own' && route.startsWith('GET /api/') && !route.endsWith('/events'))
    .map(([route]) => route.slice('GET '.length));

  it.each(LISTS)('%s shows a tenant its own and nothing else, an operator everything', async (path) => {
    const kim = await openShop(bench, KIM);
    const page = /jobs|variants|audit/.test(path) ? '?limit=200' : '';
    const own = await bench.get(path + page, kims);
    expect(own.status).toBe(200);
    const text = JSON.stringify(own.body);
    for (const mark of [...lee.marks, 'the words of lee']) expect(text).not.toContain(mark);
    expect(kim.marks.filter((mark) => text.includes(mark))).not.toEqual([]);
    // What is shown as a sample is never shown to whom it does not belong, unless they name the shop.
    const ofLee = path.endsWith('/tones') ? `?tenantId=${LEE}` : page;
    const all = JSON.stringify((await bench.get(path + ofLee, everybodys)).body);
    expect(lee.marks.filter((mark) => all.includes(mark))).not.toEqual([]);
  });

  it.each(['/api/admin/jobs', '/api/admin/variants', '/api/admin/tones'])(
    '%s refuses another tenant’s name, whether there is such a tenant or not',
    async (path) => {
      const ask = async (tenantId: string) => {
        const { status, body } = await bench.get(`${path}?tenantId=${tenantId}`, kims);
        return [status, body];
      };
      expect((await ask(LEE))[0]).toBe(403);
      expect(await ask(LEE)).toEqual(await ask('no-such-kitchen'));
      expect((await ask(KIM))[0]).toBe(200);
    },
  );

  it('of tone styles hold no shop’s advertisement where no shop is named', async () => {
    const { body } = await bench.get('/api/admin/tones', everybodys);
    expect(body.items.length).toBeGreaterThan(0);
    expect(body.items.map(({ exampleUrl }: { exampleUrl: string | null }) => exampleUrl)).toEqual(
      body.items.map(() => null),
    );
  });
});

describe('orders that name things in their body', () => {
  const statusOf = async (path: string, body: object): Promise<[number, string]> => {
    const answer = await bench.post(path, body, kims);
    return [answer.status, answer.body.message];
  };

  /** What reaches for another tenant's things, and how it ends; each such route needs a case. */
  const reachingOut = (): Record<string, [body: object, status: number][]> => ({
    '/api/admin/jobs': [[{ tenantId: LEE, pictureUrls: [lee.pictureUrl] }, 403]],
    '/api/admin/jobs/retry-failed': [
      [{ filter: { jobIds: [lee.jobId] } }, 409],
      [{ filter: { variantIds: lee.variantIds } }, 409],
      [{ filter: { tenantId: LEE } }, 403],
      [{ filter: {} }, 400],
    ],
    '/api/admin/intake/pause': [
      [{ tenantId: LEE }, 403],
      [{}, 403],
    ],
    '/api/admin/intake/resume': [
      [{ tenantId: LEE }, 403],
      [{}, 403],
    ],
    '/api/admin/briefs/understand': [[{ sentence: '순대국밥 8,900원', tenantId: LEE }, 403]],
    // Takes a form: tried below.
    '/api/v1/jobs/create': [],
  });

  it('reach nothing of another tenant', async () => {
    const declared = Object.keys(OTHERS).filter((route) => OTHERS[route] === 'its own' && !route.startsWith('GET '));
    expect(
      Object.keys(reachingOut())
        .map((path) => `POST ${path}`)
        .sort(),
    ).toEqual(declared.sort());
    const before = await everythingOf(bench, LEE);
    for (const [path, cases] of Object.entries(reachingOut()))
      for (const [body, status] of cases)
        expect([path, body, (await statusOf(path, body))[0]]).toEqual([path, body, status]);
    expect(await everythingOf(bench, LEE)).toEqual(before);
  });

  it('take another tenant’s picture for one that never was', async () => {
    const missing = lee.pictureUrl.replace(/[^/]+\.jpg$/, `${randomUUID()}.jpg`);
    const answer = await statusOf('/api/admin/jobs', { pictureUrls: [lee.pictureUrl] });
    expect(answer).toEqual([400, 'pictureUrls: Asset file not found']);
    expect(await statusOf('/api/admin/jobs', { pictureUrls: [missing] })).toEqual(answer);
  });

  it('send failed variants of their own back to work, and no others', async () => {
    const kim = await openShop(bench, KIM);
    const { status, body } = await bench.post('/api/admin/jobs/retry-failed', { filter: { stage: 'planner' } }, kims);
    expect(status).toBe(200);
    const items = body.items.map(({ variantId }: { variantId: string }) => variantId);
    expect(items).toContain(kim.variantIds[1]);
    expect(items).not.toContain(lee.variantIds[1]);
  });

  it('create for the key’s own tenant, whether it is named or not', async () => {
    const { pictureUrl } = await openShop(bench, KIM);
    for (const named of [{}, { tenantId: KIM }]) {
      const { status, body } = await bench.post('/api/admin/jobs', { ...named, pictureUrls: [pictureUrl] }, kims);
      expect([status, body.observed?.tenantId]).toEqual([200, KIM]);
    }
    expect((await bench.post('/api/admin/jobs', { pictureUrls: [pictureUrl] }, everybodys)).status).toBe(400);
  });

  it('pause and let go of their own tenant’s work, and show nothing of other pauses', async () => {
    for (const order of ['pause', 'resume']) {
      const { status, body } = await bench.post(`/api/admin/intake/${order}`, { tenantId: KIM }, kims);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain(LEE);
    }
    const { body } = await bench.get('/api/admin/audit?action=pause intake', kims);
    expect(body.items).toMatchObject([{ action: 'pause intake' }]);
    expect(JSON.stringify(body)).not.toContain(LEE);
  });

  it('of the original’s front end go to the key’s tenant as well', async () => {
    const { pictureUrl } = await openShop(bench, KIM);
    const image = (await bench.assets.read(pictureUrl)).toString('base64');
    const create = (request: object) => {
      const form = new FormData();
      form.set('image_base64', image);
      form.set('request', JSON.stringify(request));
      return bench.send('POST', '/api/v1/jobs/create', { headers: kims, body: form });
    };
    expect((await create({ tenant_id: LEE })).status).toBe(403);
    const { body } = await create({});
    expect((await bench.get(`/api/admin/jobs/${body.job_id}`, everybodys)).body.tenantId).toBe(KIM);
  });
});

it.each(Object.entries(OTHERS).filter(([, what]) => what === 'closed'))(
  '%s is for keys of all tenants alone',
  async (route) => {
    const [method, path] = route.split(' ') as [string, string];
    const ask = (headers: Record<string, string>) =>
      bench.send(method, path.replace(':outboxId', lee.outboxId), { headers });
    const refused = await ask(kims);
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain(KIM);
    expect((await ask(everybodys)).status).toBe(200);
  },
);

describe('pictures', () => {
  const WAYS = ['', '/thumbnails/320', '/thumbnails/720'];

  it.each(WAYS)('below "%s" are shown to whose they are; to others they are missing', async (way) => {
    const kim = await openShop(bench, KIM);
    const never = lee.pictureUrl.replace(/[^/]+\.jpg$/, `${randomUUID()}.jpg`);
    const ask = async (url: string, headers: Record<string, string>) => {
      const { status, body } = await bench.get(way + url, headers);
      return status === 200 ? 200 : [status, body];
    };
    // An operator has looked first: nothing that was kept for them comes to others.
    expect(await ask(lee.pictureUrl, everybodys)).toBe(200);
    expect(await ask(kim.pictureUrl, kims)).toBe(200);
    const refused = await ask(lee.pictureUrl, kims);
    expect(refused).toMatchObject([404, {}]);
    expect(refused).toEqual(await ask(never, kims));
  });

  it.each(WAYS)('below "%s" are not reached through one’s own folder', async (way) => {
    const { hostname, port } = new URL(bench.url);
    /** The path as it stands: `fetch` would put it straight first. */
    const statusOf = async (url: string): Promise<number> => {
      const asked = get({ hostname, port, path: way + url, headers: kims });
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode as number;
    };
    const theirs = lee.pictureUrl.slice(`/assets/yh/tenants/${LEE}`.length);
    for (const step of ['..', '%2e%2e', '.%2E', '%252e%252e', '..%2f..', '%2e%2e%5c..', './/..'])
      for (const url of [
        `/assets/yh/tenants/${KIM}/${step}/${LEE}${theirs}`,
        `/assets/yh/tenants/${KIM}/${step}/../${LEE}${theirs}`,
        `/assets/${step}/yh/tenants/${KIM}/../${LEE}${theirs}`,
      ])
        expect([url, await statusOf(url)]).toEqual([url, 400]);
    for (const url of [`/assets/yh//tenants/${LEE}${theirs}`, `/assets/yh/tenants/${KIM}/../${LEE}${theirs}`])
      expect([url, await statusOf(url)]).toEqual([url, 400]);
    expect(await statusOf(`/assets/yh/%74enants/${LEE}${theirs}`)).toBe(404);
  });

  it('elsewhere than in a tenant’s folder are known by the rows that name them', async () => {
    const { jobId, pictureUrl } = await openShop(bench, KIM);
    const url = `/assets/js/uploads/${randomUUID()}.jpg`;
    await bench.assets.read(pictureUrl).then((bytes) => writeAt(bench.assets.pathOf(url), bytes));
    expect((await bench.get(url, kims)).status).toBe(404);
    const insert = (tenantId: string | null, ofJob: string | null) =>
      bench.own.query(
        `insert into image_assets (image_type, image_url, tenant_id, job_id) values ('original', $1, $2, $3)`,
        [url, tenantId, ofJob],
      );
    await insert(LEE, null);
    expect((await bench.get(url, kims)).status).toBe(404);
    await insert(null, jobId);
    expect((await bench.get(url, kims)).status).toBe(200);
  });
});

it('the event stream tells a tenant of its own rows alone', async () => {
  const kim = await openShop(bench, KIM);
  const [tenants, operators] = [await openStream(bench, kims), await openStream(bench, everybodys)];
  try {
    for (const stream of [tenants, operators]) await nextOf(stream, 'snapshot');
    await nextOf(tenants, 'snapshot');
    // Told together, and in this order.
    await bench.own.query(
      `with moved as (update jobs_variants set status = 'running' where job_variants_id = any($1) returning job_variants_id)
       select pg_notify('job_variant_state_changed', json_build_object('job_variants_id', job_variants_id)::text) from moved`,
      [[lee.variantIds[0], kim.variantIds[0]]],
    );
    expect((await nextOf(tenants, 'variant')).data).toMatchObject({ tenantId: KIM, variantId: kim.variantIds[0] });
    const seen = new Set([(await nextOf(operators, 'variant')).data.tenantId]);
    seen.add((await nextOf(operators, 'variant')).data.tenantId);
    expect([...seen].sort()).toEqual([KIM, LEE]);
    // Whatever was sent for the first change would come before this one.
    await setVariant(bench.own, kim.variantIds[1], 'planner', 'queued');
    let next = await nextOf(tenants, 'variant');
    while (next.data.variantId !== kim.variantIds[1]) {
      expect(next.data.tenantId).toBe(KIM);
      next = await nextOf(tenants, 'variant');
    }
  } finally {
    await tenants.close();
    await operators.close();
  }
});

it('a browser is what its key is, and says so', async () => {
  const answer = await bench.post('/api/admin/session', { key: kims['x-api-key'] });
  expect(answer.body).toMatchObject({ scope: 'operate', tenantId: KIM });
  const [set = ''] = answer.headers.getSetCookie();
  const session = { cookie: set.split(';')[0] as string, 'x-csrf-token': answer.body.csrfToken };
  expect((await bench.get('/api/admin/session', session)).body.tenantId).toBe(KIM);
  expect((await bench.get('/api/admin/session', everybodys)).body.tenantId).toBeNull();
  expect((await bench.get(`/api/admin/jobs/${lee.jobId}`, session)).status).toBe(404);
  expect((await bench.post(`/api/admin/jobs/${lee.jobId}/cancel`, {}, session)).status).toBe(404);
  expect((await bench.get(lee.pictureUrl, session)).status).toBe(404);
});

it('where results are shown to everybody, a tenant’s key sees no less than a stranger', async () => {
  const open = await openServerBench({ isShared: true });
  try {
    const shop = await openShop(open, LEE);
    const key = await keyOf(open, KIM);
    expect((await open.get(shop.pictureUrl, key)).status).toBe(200);
    expect((await open.get(`/api/v1/jobs/${shop.jobId}/results`, key)).status).toBe(202);
    expect((await open.get(`/api/admin/jobs/${shop.jobId}`, key)).status).toBe(404);
  } finally {
    await open.close();
  }
});
