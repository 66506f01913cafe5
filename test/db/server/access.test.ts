import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKey, findKey, hasKeys, KeyTrouble, listKeys, revokeKey } from '../../../src/auth/keys.js';
import { refusalToListen } from '../../../src/auth/may-listen.js';
import { liveRoutes } from './live-routes.js';
import { openServerBench, type ServerBench } from './server-bench.js';

type Needs = 'nothing' | 'read' | 'operate';

/** Every route there is, and what it asks of its caller. A new route has to be declared here. */
const ROUTES: Record<string, Needs> = {
  'GET /healthz': 'nothing',
  'GET /health': 'nothing',
  'GET /health/ready': 'nothing',
  'GET /metrics': 'read',
  'GET /docs': 'nothing',
  'GET /openapi.json': 'nothing',
  'GET /api/admin/session': 'read',
  'POST /api/admin/session': 'nothing',
  'DELETE /api/admin/session': 'read',
  'GET /api/admin/jobs': 'read',
  'POST /api/admin/jobs': 'operate',
  'POST /api/admin/jobs/retry-failed': 'operate',
  'GET /api/admin/jobs/:jobId': 'read',
  'DELETE /api/admin/jobs/:jobId': 'operate',
  'POST /api/admin/jobs/:jobId/retry': 'operate',
  'POST /api/admin/jobs/:jobId/rerun': 'operate',
  'POST /api/admin/jobs/:jobId/cancel': 'operate',
  'POST /api/admin/briefs/understand': 'read',
  'GET /api/admin/designs': 'read',
  'POST /api/admin/photos/advice': 'read',
  'PUT /api/admin/jobs/:jobId/brief': 'operate',
  'PUT /api/admin/jobs/:jobId/post': 'operate',
  'PUT /api/admin/jobs/:jobId/photo': 'operate',
  'GET /api/admin/variants': 'read',
  'GET /api/admin/variants/:variantId': 'read',
  'POST /api/admin/variants/:variantId/retry': 'operate',
  'POST /api/admin/variants/:variantId/cancel': 'operate',
  'GET /api/admin/intake': 'read',
  'POST /api/admin/intake/pause': 'operate',
  'POST /api/admin/intake/resume': 'operate',
  'POST /api/admin/dead-letters/:outboxId/redeliver': 'operate',
  'GET /api/admin/jobs/:jobId/archive': 'read',
  'GET /api/admin/variants/:variantId/layers': 'read',
  'GET /api/admin/variants/:variantId/picture.jpg': 'read',
  'POST /api/admin/variants/:variantId/select': 'operate',
  'GET /api/admin/tones': 'read',
  'GET /api/admin/brands': 'read',
  'GET /api/admin/brands/:tenantId': 'read',
  'PUT /api/admin/brands/:tenantId': 'operate',
  'PUT /api/admin/brands/:tenantId/logo': 'operate',
  'DELETE /api/admin/brands/:tenantId/logo': 'operate',
  'GET /thumbnails/:width/*path': 'read',
  'GET /api/admin/queues': 'read',
  'GET /api/admin/audit': 'read',
  'GET /api/admin/events': 'read',
  'POST /api/v1/jobs/create': 'operate',
  'GET /api/v1/jobs/:jobId/results': 'read',
  'GET /assets/*path': 'read',
};

let bench: ServerBench;
let read: string;
let operate: string;
beforeAll(async () => {
  bench = await openServerBench({ origins: ['https://friend.example'] });
});
afterAll(() => bench?.close());

/** The status alone: an event stream has no end to wait for. */
const statusOf = async (route: string, headers: Record<string, string>): Promise<number> => {
  const [method, path] = route.split(' ') as [string, string];
  const where = path.replace(/:\w+/g, randomUUID()).replace('*path', 'nothing.png');
  const answer = await fetch(new URL(where, bench.url), { method, headers, redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status;
};

describe('before anybody has made a key', () => {
  it('loopback may do everything, under the name of loopback', async () => {
    expect((await bench.get('/api/admin/session')).body).toEqual({
      actor: 'loopback',
      scope: 'operate',
      tenantId: null,
      csrfToken: null,
    });
  });

  it('a page of another site may not give orders, and neither may a name that leads here from elsewhere', async () => {
    const where = '/api/admin/intake/resume';
    expect((await bench.post(where, {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await bench.post(where, {}, { origin: 'https://friend.example' })).status).toBe(409);
    expect((await bench.post(where, {}, { origin: bench.url })).status).toBe(409);
    const answer = await request(`${bench.url}/api/admin/jobs`, { headers: { host: 'evil.example' } });
    await answer.body.dump();
    expect(answer.statusCode).toBe(401);
  });

  it('nothing but loopback is listened on', async () => {
    expect(await refusalToListen(bench.own, '127.0.0.1')).toBeUndefined();
    expect(await refusalToListen(bench.own, '0.0.0.0')).toMatch(/SERVER_HOST=0\.0\.0\.0 .* keys create/);
  });
});

describe('with keys', () => {
  beforeEach(async () => {
    if (await hasKeys(bench.own)) return;
    read = (await createKey(bench.own, { name: 'reader', scope: 'read', actor: 'test' })).secret;
    operate = (await createKey(bench.own, { name: 'operator', scope: 'operate', actor: 'test' })).secret;
  });

  it('every live route is declared, and every declared one is live', () => {
    expect(liveRoutes(bench).sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(Object.entries(ROUTES))('%s asks for %s', async (route, needs) => {
    const outcome = async (headers: Record<string, string>): Promise<string> => {
      const status = await statusOf(route, headers);
      // Signing in without a key in the body is no key shown, whatever the header says.
      if (status === 401) return 'unknown';
      return status === 403 ? 'forbidden' : 'in';
    };
    const seen = {
      none: await outcome({}),
      wrong: await outcome({ authorization: 'Bearer fai_wrong' }),
      read: await outcome({ authorization: `Bearer ${read}` }),
      operate: await outcome({ 'x-api-key': operate }),
    };
    const stranger = needs === 'nothing' ? 'in' : 'unknown';
    expect(seen).toEqual({
      none: stranger,
      wrong: stranger,
      read: needs === 'operate' ? 'forbidden' : 'in',
      operate: 'in',
    });
  });

  it('a listener elsewhere than on loopback is allowed', async () => {
    expect(await refusalToListen(bench.own, '0.0.0.0')).toBeUndefined();
  });

  it('orders bear the name of the key', async () => {
    await bench.post('/api/admin/intake/resume', {}, { 'x-api-key': operate });
    const { body } = await bench.get('/api/admin/audit?limit=1', { 'x-api-key': read });
    expect(body.items[0]).toMatchObject({ actor: 'key:operator', action: 'resume intake' });
  });

  it('only hashes are kept', async () => {
    const { rows } = await bench.own.query(
      `select to_jsonb(k)::text || encode(key_hash, 'escape') as row from pipeline.api_keys k`,
    );
    for (const { row } of rows) expect(row).not.toContain(operate.slice(4));
    expect(JSON.stringify(await listKeys(bench.own))).not.toContain(operate.slice(4));
    const audit = await bench.own.query('select jsonb_agg(to_jsonb(a))::text as all from pipeline.audit a');
    expect(audit.rows[0].all).not.toContain(operate.slice(4));
  });

  describe('a browser', () => {
    const signIn = async (key: string): Promise<{ cookie: string; csrf: string }> => {
      const answer = await bench.post('/api/admin/session', { key });
      expect(answer.status).toBe(200);
      const [set = ''] = answer.headers.getSetCookie();
      expect(set).toMatch(/HttpOnly/);
      expect(set).toMatch(/SameSite=Strict/);
      return { cookie: set.split(';')[0] as string, csrf: answer.body.csrfToken };
    };

    it('signs in with its key, gives orders with its token, and signs out', async () => {
      const { cookie, csrf } = await signIn(operate);
      expect((await bench.get('/api/admin/session', { cookie })).body).toEqual({
        actor: 'key:operator',
        scope: 'operate',
        tenantId: null,
        csrfToken: csrf,
      });
      const where = '/api/admin/intake/resume';
      expect((await bench.post(where, {}, { cookie })).status).toBe(403);
      expect((await bench.post(where, {}, { cookie, 'x-csrf-token': `${csrf.slice(0, -1)}_` })).status).toBe(403);
      expect(
        (await bench.post(where, {}, { cookie, 'x-csrf-token': csrf, origin: 'https://evil.example' })).status,
      ).toBe(403);
      expect((await bench.post(where, {}, { cookie, 'x-csrf-token': csrf })).status).toBe(409);
      const out = await bench.send('DELETE', '/api/admin/session', { headers: { cookie, 'x-csrf-token': csrf } });
      expect(out.status).toBe(204);
      expect((await bench.get('/api/admin/jobs', { cookie })).status).toBe(401);
    });

    it('with a reader’s key may read only, and with none not sign in', async () => {
      const { cookie, csrf } = await signIn(read);
      expect((await bench.get('/api/admin/jobs', { cookie })).status).toBe(200);
      expect((await bench.post('/api/admin/intake/pause', {}, { cookie, 'x-csrf-token': csrf })).status).toBe(403);
      expect((await bench.post('/api/admin/session', { key: 'fai_wrong' })).status).toBe(401);
    });

    it('is signed out when its key is revoked', async () => {
      const { secret } = await createKey(bench.own, { name: 'passing', scope: 'read', actor: 'test' });
      const { cookie } = await signIn(secret);
      await revokeKey(bench.own, { name: 'passing', actor: 'test' });
      expect((await bench.get('/api/admin/jobs', { cookie })).status).toBe(401);
      expect(await findKey(bench.own, secret)).toBeUndefined();
    });
  });

  it('names are unique among the living, and a revoked key is said to be gone', async () => {
    await expect(createKey(bench.own, { name: 'reader', scope: 'read', actor: 'test' })).rejects.toThrow(KeyTrouble);
    await createKey(bench.own, { name: 'again', scope: 'read', actor: 'test' });
    await revokeKey(bench.own, { name: 'again', actor: 'test' });
    await expect(revokeKey(bench.own, { name: 'again', actor: 'test' })).rejects.toThrow(KeyTrouble);
    await createKey(bench.own, { name: 'again', scope: 'read', actor: 'test' });
    await revokeKey(bench.own, { name: 'again', actor: 'test' });
  });
});

describe('the rate limit', () => {
  it('counts by key, over all routes, and spares health', async () => {
    const limited = await openServerBench({ rateLimit: 5 });
    try {
      const key = async (name: string) => (await createKey(limited.own, { name, scope: 'read', actor: 'test' })).secret;
      const [one, other] = [await key('one'), await key('other')];
      const statuses: number[] = [];
      for (const where of ['jobs', 'variants', 'audit', 'intake', 'session', 'jobs'])
        statuses.push((await limited.get(`/api/admin/${where}`, { 'x-api-key': one })).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      expect((await limited.get('/api/admin/jobs', { 'x-api-key': other })).status).toBe(200);
      expect((await limited.get('/healthz')).status).toBe(200);
      const guesses: number[] = [];
      for (let guess = 0; guess < 6; guess++)
        guesses.push((await limited.post('/api/admin/session', { key: `${guess}` })).status);
      expect(guesses).toEqual([401, 401, 401, 401, 401, 429]);
    } finally {
      await limited.close();
    }
  });
});
