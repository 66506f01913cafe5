import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { runCli } from '../support/cli.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { drawnDish } from '../support/pictures.js';
import { untilRows } from '../support/road.js';
import { JOB_STATE } from '../support/rows.js';
import { type StackProcess, startStackProcess } from '../support/stack-process.js';

let dataDir: string;
let stack: StackProcess;
let ready: ReadyLine;
beforeAll(async () => {
  dataDir = makeDataDir();
  stack = startStackProcess(dataDir, { LOG_LEVEL: 'warn' });
  ready = await stack.ready;
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
