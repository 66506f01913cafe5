import { afterAll, beforeAll, expect, it } from 'vitest';
import { findStack } from '../../src/stack/stack-lock.js';
import { runCli } from '../support/cli.js';
import { button, type Dashboard, live, openDashboard, variantCard } from '../support/dashboard.js';
import { drawnDish } from '../support/pictures.js';
import { insertJob } from '../support/rows.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard?.close());

/** A variant that only the test's own SQL moves. */
async function addStill(): Promise<string> {
  const imageUrl = await dashboard.publish(await drawnDish(200));
  const { variantIds } = await insertJob(dashboard.foreign, {
    imageGeneration: 'external',
    imageType: 'generated',
    imageUrl,
  });
  return variantIds[0] as string;
}

const move = (variantId: string, status: string) =>
  dashboard.foreign.query(
    `update jobs_variants set current_step = 'img_gen', status = $2, updated_at = now() where job_variants_id = $1`,
    [variantId, status],
  );

it('a row changed by SQL appears on the open board without a request of the page', async () => {
  const variantId = await addStill();
  const { page, requests, complaints, close } = await dashboard.open('/?tab=all');
  await variantCard(page, variantId).waitFor();
  await live(page);
  // What the page still asks for at its beginning may fall into the first turns; if it asked for each change, all would fail.
  let turn = 0;
  const askedMeanwhile = async (): Promise<string[]> => {
    requests.length = 0;
    const status = turn++ % 2 ? 'queued' : 'running';
    await move(variantId, status);
    await page.locator(`[data-variant="${variantId}"][data-state="img_gen/${status}"]`).waitFor();
    return requests.filter((path) => path.startsWith('/api/'));
  };
  await expect.poll(askedMeanwhile, { timeout: 20_000 }).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

it('where no stream is to be had the page looks for itself, and goes back to the stream when there is one', async () => {
  const variantId = await addStill();
  const { page, requests, complaints, close } = await dashboard.open('about:blank');
  await page.clock.install();
  // A proxy that knows nothing of streams.
  await page.route('**/api/admin/events', (route) => route.fulfill({ status: 502, body: 'bad gateway' }));
  await page.goto('/?tab=all');
  await variantCard(page, variantId).waitFor();
  await page.locator('[data-connection=polling]').waitFor({ state: 'attached' });
  await page.getByText('Refreshing every 10 seconds').waitFor();
  await move(variantId, 'running');
  requests.length = 0;
  await page.clock.fastForward(11_000);
  await page.locator(`[data-variant="${variantId}"][data-state="img_gen/running"]`).waitFor();
  expect(requests).toContain('/api/admin/jobs');

  await page.unroute('**/api/admin/events');
  await page.clock.fastForward(11_000);
  await live(page);
  const expected = 'Failed to load resource: the server responded with a status of 502 (Bad Gateway) /api/admin/events';
  expect(complaints.filter((line) => line !== expected)).toEqual([]);
  await close();
});

/** What a browser writes while a server is away, and when it comes back and has not proven its listener yet. */
const WHILE_AWAY = [
  /^Failed to load resource: net::ERR_CONNECTION_(REFUSED|RESET) \/(health|api\/admin\/[a-z/0-9-]+)$/,
  /^Failed to load resource: net::ERR_(INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE) \/(health|api\/admin\/[a-z/0-9-]+)$/,
  /^Failed to load resource: the server responded with a status of 503 \(Service Unavailable\) \/health$/,
];

it('the page recovers by itself when the server is killed underneath', async () => {
  const jobId = await dashboard.finishedJob();
  const { page, complaints, close } = await dashboard.open(`/jobs/${jobId}`);
  await live(page);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.evaluate(() => Object.assign(globalThis, { isTheSamePage: true }));
  const [server = 0] = findStack(dashboard.dataDir)?.ready?.pids.server ?? [];
  process.kill(server, 'SIGKILL');
  await page.locator('[data-connection=connecting], [data-connection=polling]').waitFor({ state: 'attached' });
  await live(page);
  await page.locator('.banner.bad').waitFor({ state: 'detached', timeout: 30_000 });
  const third = await dashboard.one<string>(
    'select job_variants_id from jobs_variants where job_id = $1 and creation_order = 3',
    jobId,
  );
  const select = (isSelected: boolean) =>
    dashboard.foreign.query('update jobs_variants set selected = $2, updated_at = now() where job_variants_id = $1', [
      third,
      isSelected,
    ]);
  await select(true);
  await variantCard(page, third).locator('.favourite.chosen').waitFor();
  await select(false);
  expect(await page.evaluate(() => 'isTheSamePage' in globalThis)).toBe(true);
  expect(complaints.filter((line) => !WHILE_AWAY.some((expected) => expected.test(line)))).toEqual([]);
  await close();
});

it('asks for a key when there is one, and is left again by signing out', async () => {
  const env = { DATA_DIR: dashboard.dataDir };
  const { stdout } = await runCli(env, 'keys', 'create', 'dashboard', '--scope', 'operate');
  const { page, complaints, close } = await dashboard.open('/system');
  await page.getByLabel('Key').fill('fly_not-a-key');
  await button(page, 'Sign in').click();
  await page.getByText('This key opens nothing.').waitFor();
  await page.getByLabel('Key').fill(stdout.trim());
  await button(page, 'Sign in').click();
  // An order of a signed-in browser needs more than its cookie.
  await button(page, 'Pause intake').click();
  await button(page.getByRole('dialog'), 'Pause intake').click();
  await button(page, 'Go on').click();
  await page.getByText('New jobs start at once.').first().waitFor();
  expect(
    await dashboard.one(`select actor from pipeline.audit where action = 'resume intake' order by audit_id desc`),
  ).toBe('key:dashboard');
  await button(page, 'Sign out').click();
  await page.getByLabel('Key').waitFor();
  await runCli(env, 'keys', 'revoke', 'dashboard');
  // Nobody is there before the key, with a wrong one, and after it: that is an answer, and a browser writes it down.
  const expected =
    'Failed to load resource: the server responded with a status of 401 (Unauthorized) /api/admin/session';
  expect(complaints.filter((line) => line !== expected)).toEqual([]);
  await close();
});
