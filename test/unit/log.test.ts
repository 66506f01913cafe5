import { EventEmitter, once } from 'node:events';
import { setImmediate as soon } from 'node:timers/promises';
import express from 'express';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger, logAbout, type Logger, logIds } from '../../src/log.js';
import { logRequests } from '../../src/request-log.js';
import { idsOfWorkflow } from '../../src/temporal/log-ids.js';
import { runtimeLogger } from '../../src/temporal/runtime-logger.js';

const DATABASE_PASSWORD = 'p@ss/w"ord-of-the-database';
const API_KEY = 'key-of-the-stage-service';
const SERVER_KEY = `fai_${'k'.repeat(43)}`;

let lines: string[];
let log: Logger;
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', `postgresql://shop:${encodeURIComponent(DATABASE_PASSWORD)}@db.example:5432/shop`);
  vi.stubEnv('DB_PASSWORD', DATABASE_PASSWORD);
  vi.stubEnv('YH_API_KEY', API_KEY);
  lines = [];
  log = createLogger('test', 'trace', { write: (line) => void lines.push(line) });
});
afterEach(() => vi.unstubAllEnvs());

const written = () => lines.map((line) => JSON.parse(line));

describe('ids', () => {
  it('stand on everything that is logged on behalf of a piece of work, and on nothing beside it', async () => {
    const both = new EventEmitter();
    const go = once(both, 'go');
    const work = (variantId: string) =>
      logAbout({ jobId: 'j', variantId }, async () => {
        await go;
        await logAbout({ stage: 'planner' }, async () => {
          await soon();
          log.info({ attempt: 2 }, variantId);
        });
      });
    const done = Promise.all([work('a'), work('b')]);
    log.info('beside');
    both.emit('go');
    await done;
    expect(written()).toMatchObject([
      { msg: 'beside' },
      { msg: 'a', service: 'test', jobId: 'j', variantId: 'a', stage: 'planner', attempt: 2 },
      { msg: 'b', jobId: 'j', variantId: 'b', stage: 'planner' },
    ]);
    expect(written()[0]).not.toHaveProperty('jobId');
    expect(logIds()).toEqual({});
  });

  it('of a workflow are its row’s, also in what the SDK says', () => {
    const id = '0b5f6f0e-5f0c-4c0e-9a53-3d1c3f3a9b11';
    expect(idsOfWorkflow(`variant-${id}`)).toEqual({ workflowId: `variant-${id}`, variantId: id });
    expect(idsOfWorkflow(`job-${id}`)).toEqual({ workflowId: `job-${id}`, jobId: id });
    expect(idsOfWorkflow('theirs')).toEqual({ workflowId: 'theirs' });
    const meta = { workflowId: `job-${id}`, runId: 'r', activityType: 'instagram_feed_gen', attempt: 3 };
    runtimeLogger(log).warn('Activity failed', meta);
    expect(written()).toMatchObject([{ jobId: id, runId: 'r', stage: 'instagram_feed_gen', attempt: 3 }]);
  });
});

describe('requests', () => {
  const app = () =>
    express()
      .use(logRequests(log))
      .get('/jobs', (_request, response) => {
        log.info('looking');
        response.json(logIds());
      })
      .get('/healthz', (_request, response) => void response.json({}));

  it('keep the id their caller gave, and put it on what is logged for them', async () => {
    const answer = await supertest(app()).get('/jobs?key=hush').set('X-Request-Id', 'r/1').expect(200);
    expect([answer.headers['x-request-id'], answer.body]).toEqual(['r/1', { requestId: 'r/1' }]);
    expect(written()).toMatchObject([
      { msg: 'looking', requestId: 'r/1' },
      { msg: 'request served', level: 20, requestId: 'r/1', method: 'GET', path: '/jobs', status: 200 },
    ]);
    expect(lines.join()).not.toContain('hush');
  });

  it.each([['none'], ['a b'], ['x'.repeat(129)], ['<script>']])(
    'get one where theirs (%s) cannot be used',
    async (id) => {
      const request = supertest(app()).get('/jobs');
      const answer = await (id === 'none' ? request : request.set('X-Request-Id', id));
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('of those who watch are not logged', async () => {
    await supertest(app()).get('/healthz').expect(200);
    expect(lines).toEqual([]);
  });
});

describe('secrets', () => {
  it.each<[string, () => void]>([
    ['a URL in a sentence', () => log.warn(`${process.env.DATABASE_URL} cannot be reached`)],
    ['a URL within an error', () => log.error({ err: urlError() }, 'no')],
    ['somebody else’s URL', () => log.info('redis://user:hushhush@cache/0')],
    ['fields of their own names', () => log.info({ database: { password: 'hushhush' }, apiKey: 'hushhush' })],
    [
      'headers',
      () => log.info({ req: { headers: { authorization: 'hushhush', cookie: 'hushhush', 'x-api-key': 'hushhush' } } }),
    ],
    ['a header in a sentence', () => log.info(`sent "Authorization: Bearer ${SERVER_KEY}" and hushed`)],
    ['a cookie in a sentence', () => log.info(`Cookie: a=b; feedlyai_session=hushhush; c=d`)],
    ['a key of the stage service', () => log.info({ body: `{"key":"${API_KEY}"}` })],
    ['a key of the server', () => log.info({ note: `use ${SERVER_KEY}` })],
    ['a password with quotes', () => log.info({ deep: { down: { there: [DATABASE_PASSWORD] } } })],
  ])('within %s do not reach the log', (_, write) => {
    write();
    expect(lines).toHaveLength(1);
    const [line = ''] = lines;
    expect(JSON.parse(line)).toHaveProperty('service', 'test');
    const asWritten = [DATABASE_PASSWORD, encodeURIComponent(DATABASE_PASSWORD), API_KEY, SERVER_KEY, 'hushhush'];
    for (const secret of asWritten) {
      expect(line).not.toContain(secret);
      expect(line).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  });

  it('that are none are left alone', () => {
    log.info('http://127.0.0.1:8011 answers; Bearer of news; http://a/b@c');
    expect(written()[0].msg).toBe('http://127.0.0.1:8011 answers; Bearer [hidden] news; http://a/b@c');
  });
});

function urlError(): Error {
  try {
    new URL(`postgresql://shop:${encodeURIComponent(DATABASE_PASSWORD)}@not a host/x`);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was a URL');
}
