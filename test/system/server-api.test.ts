import createClient from 'openapi-fetch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import type { paths } from '../generated/server-api.js';
import { runCli } from '../support/cli.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { drawnDish } from '../support/pictures.js';
import { untilRows } from '../support/road.js';
import { JOB_STATE, VARIANT_STATE } from '../support/rows.js';
import { type StackProcess, startStackProcess } from '../support/stack-process.js';

/** Planted: it must not come up in any log. */
const YH_API_KEY = 'a-key-that-nobody-may-read';

let dataDir: string;
/** What was said to the system and must not be read in what it says. */
const secrets: string[] = [YH_API_KEY];
let stack: StackProcess;
let ready: ReadyLine;
beforeAll(async () => {
  dataDir = makeDataDir();
  stack = startStackProcess(dataDir, { LOG_LEVEL: 'debug', YH_API_KEY });
  ready = await stack.ready;
  secrets.push(new URL(ready.databaseUrl).password);
});
afterAll(async () => {
  stack?.process.kill('SIGTERM');
  await stack?.exit;
  removeDataDir(dataDir);
});

const at = (where: string): URL => new URL(where, ready.serverUrl);

it('a front end creates a job and gets its advertisements; an operator redoes one and asks for another feed', async () => {
  const body = new FormData();
  body.append('image', new Blob([Buffer.from(await drawnDish())], { type: 'image/jpeg' }), 'dish.jpg');
  body.append('description', '얼큰한 김치찌개');
  const created = await fetch(at('/api/v1/jobs/create'), { method: 'POST', body });
  const { job_id: jobId } = (await created.json()) as { job_id: string };
  expect((await fetch(at(`/api/v1/jobs/${jobId}/results`))).status).toBe(202);
  await untilRows(ready.databaseUrl, JOB_STATE, [jobId], 'instagram_feed_gen/done');

  const results = (await (await fetch(at(`/api/v1/jobs/${jobId}/results`))).json()) as {
    images: { image_url: string }[];
    instagram_ad_copy: string;
  };
  expect(results.images).toHaveLength(3);
  expect(results.instagram_ad_copy).toMatch(/[가-힣]/);
  for (const { image_url } of results.images) {
    const picture = await fetch(at(image_url));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    await picture.body?.cancel();
  }

  interface Detail {
    feeds: number;
    variants: { variantId: string; overlayText: string; scores: Record<string, object | null>; workflowUrl: string }[];
  }
  const detail = async (): Promise<Detail> => (await (await fetch(at(`/api/admin/jobs/${jobId}`))).json()) as Detail;
  const [first] = (await detail()).variants as [Detail['variants'][number]];
  expect(Object.values(first.scores)).not.toContain(null);
  expect((await fetch(first.workflowUrl)).status).toBe(200);

  expect(
    (await runCli({ DATA_DIR: dataDir }, 'variants', 'retry', first.variantId, '--text', '새로운 국물 맛')).code,
  ).toBe(0);
  await untilRows(
    ready.databaseUrl,
    `select v.current_step || '/' || v.status || '/' || r.generation
       from jobs_variants v join pipeline.runs r using (job_variants_id)
      where job_variants_id = $1`,
    [first.variantId],
    'iou_eval/done/2',
  );
  expect((await detail()).variants.map(({ overlayText }) => overlayText === '새로운 국물 맛')).toEqual([
    true,
    false,
    false,
  ]);
  expect((await detail()).feeds).toBe(1);

  expect((await runCli({ DATA_DIR: dataDir }, 'jobs', 'rerun', jobId)).code).toBe(0);
  await untilRows(
    ready.databaseUrl,
    `${JOB_STATE} and (select count(*) from instagram_feeds where job_id = $1) = 2`,
    [jobId],
    'instagram_feed_gen/done',
  );
});

it('a client generated from the document creates, watches, reads, retries and cancels', async () => {
  const client = createClient<paths>({ baseUrl: ready.serverUrl });
  const photo = new Blob([Buffer.from(await drawnDish())], { type: 'image/jpeg' });
  const create = async (): Promise<string> => {
    const { data, error } = await client.POST('/api/v1/jobs/create', {
      body: { description: '바삭한 해물파전', image: photo as unknown as string },
      bodySerializer: (fields) => asForm(fields),
    });
    if (!data) throw new Error(JSON.stringify(error));
    return data.job_id;
  };
  const results = (jobId: string) => client.GET('/api/v1/jobs/{jobId}/results', { params: { path: { jobId } } });
  /** Looks at each change that the server tells of, until there is an end. */
  const watch = async (jobId: string) => {
    const told = await client.GET('/api/admin/events', { parseAs: 'stream' });
    for await (const _ of told.data as unknown as ReadableStream) {
      const seen = await results(jobId);
      if (seen.response.status !== 202) return seen;
    }
    throw new Error('the stream of events ended first');
  };

  const jobId = await create();
  const { data: finished } = await watch(jobId);
  if (!finished || !('images' in finished)) throw new Error('it did not finish');
  expect(finished.images.map(({ image_url }) => image_url.startsWith('/assets/'))).toEqual([true, true, true]);

  const detail = async () => (await client.GET('/api/admin/jobs/{jobId}', { params: { path: { jobId } } })).data;
  const variantId = (await detail())?.variants[0]?.variantId ?? '';
  const retry = { params: { path: { variantId }, header: { 'Idempotency-Key': 'once' } } };
  const body = { from: 'overlay', text: '비 오는 날엔 파전' } as const;
  const first = await client.POST('/api/admin/variants/{variantId}/retry', { ...retry, body });
  expect(first.data).toMatchObject({ outcome: 'done', observed: { generation: 2 } });
  expect((await client.POST('/api/admin/variants/{variantId}/retry', { ...retry, body })).data).toEqual(first.data);
  await untilRows(ready.databaseUrl, VARIANT_STATE, [variantId], 'iou_eval/done');
  expect((await detail())?.variants[0]?.overlayText).toBe('비 오는 날엔 파전');

  const unwanted = await create();
  const order = { params: { path: { jobId: unwanted } }, body: { note: 'taken by mistake' } };
  expect((await client.POST('/api/admin/jobs/{jobId}/cancel', order)).data?.outcome).toBe('done');
  const { error, response } = await results(unwanted);
  expect([response.status, error]).toMatchObject([409, { status: 'failed', reason: 'cancelled' }]);
});

const asForm = (fields: object): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
};

it('with the first key everybody needs one; without any the server does not listen to strangers', async () => {
  const elsewhere = makeDataDir();
  try {
    const refused = startStackProcess(elsewhere, { LOG_LEVEL: 'warn', SERVER_HOST: '0.0.0.0' });
    expect((await refused.exit).code).not.toBe(0);
    expect(refused.stderr.join('\n')).toMatch(/SERVER_HOST=0\.0\.0\.0 is no loopback address, and there is no API key/);
  } finally {
    removeDataDir(elsewhere);
  }
  expect((await fetch(at('/api/admin/jobs'))).status).toBe(200);
  const { code, stdout } = await runCli({ DATA_DIR: dataDir }, 'keys', 'create', 'night shift');
  expect(code).toBe(0);
  secrets.push(stdout.trim());
  const headers = { authorization: `Bearer ${stdout.trim()}` };
  expect((await fetch(at('/api/admin/jobs'))).status).toBe(401);
  expect((await fetch(at('/api/admin/jobs'), { headers })).status).toBe(200);
  expect((await fetch(at('/api/admin/intake/pause'), { method: 'POST', headers })).status).toBe(403);
  expect((await runCli({ DATA_DIR: dataDir }, 'keys', 'create', 'night shift')).stderr).toContain(
    'there is a key named "night shift"',
  );
  expect((await runCli({ DATA_DIR: dataDir }, 'keys', 'revoke', 'night shift')).code).toBe(0);
  expect((await fetch(at('/api/admin/jobs'))).status).toBe(200);
});

it('every line about a variant names it, a stage call bears one id on both ends, and no secret was written', async () => {
  // What is written while it stops counts as well.
  stack.process.kill('SIGTERM');
  await stack.exit;
  const lines = stack.stderr.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  const about = lines.filter(({ msg }) => /Job Variant 상태 변화 감지/.test(msg));
  expect(about.length).toBeGreaterThan(0);
  for (const line of about)
    expect(line).toMatchObject({
      service: 'server',
      jobId: expect.any(String),
      variantId: expect.any(String),
      workflowId: `variant-${line.variantId}`,
    });
  // The worker names a call by its attempt: run, activity, which try.
  const calls = lines.filter(({ service, path }) => service === 'stages' && path === '/api/yh/planner');
  expect(calls.length).toBeGreaterThan(0);
  for (const { requestId } of calls) expect(requestId).toMatch(/^[0-9a-f-]{36}\/\d+\/\d+$/);
  expect(secrets.length).toBeGreaterThan(2);
  for (const secret of secrets) expect(stack.stderr.filter((line) => line.includes(secret))).toEqual([]);
});
