import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { forgetPhoto, type PhotoKey, type PhotoLease, takePhoto } from '../../../src/generation/photo-lease.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob } from '../../support/rows.js';

/* The right to prepare a photo, from one holder to the next. */

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'worker', writer: 'worker', size: 2, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const newPhoto = async (): Promise<PhotoKey> => {
  const { jobId } = await insertJob(pool);
  return { jobId, sourceId: randomUUID(), generation: 1 };
};
const take = (photo: PhotoKey) => takePhoto<string>(pool, photo, randomUUID());
const taken = async (photo: PhotoKey): Promise<PhotoLease<string>> => {
  const state = await take(photo);
  if (state.kind !== 'ours') throw new Error(`it is ${state.kind}`);
  return state.lease;
};
const runOut = ({ sourceId }: PhotoKey): Promise<unknown> =>
  pool.query(
    `update pipeline.prepared_photos set lease_until = clock_timestamp() - interval '1 s' where source_asset_id = $1`,
    [sourceId],
  );
const leaseUntil = async ({ sourceId }: PhotoKey): Promise<Date> =>
  (await pool.query('select lease_until from pipeline.prepared_photos where source_asset_id = $1', [sourceId])).rows[0]
    .lease_until;
const keep = (lease: PhotoLease<string>, saved: string): Promise<boolean> => lease.save({ saved }, async () => {});

it('has one holder, and what that one saves is for all who come later', async () => {
  const photo = await newPhoto();
  const lease = await taken(photo);
  expect(await take(photo)).toEqual({ kind: 'busy' });
  expect(await keep(lease, 'found')).toBe(true);
  const until = await leaseUntil(photo);
  await lease.end();
  expect(await leaseUntil(photo)).toEqual(until);
  await runOut(photo);
  expect(await take(photo)).toEqual({ kind: 'saved', saved: 'found' });
  expect(await keep(lease, 'found again')).toBe(false);
});

it('goes to the next when it runs out, and the late holder neither saves nor ends it', async () => {
  const photo = await newPhoto();
  const late = await taken(photo);
  await runOut(photo);
  const next = await taken(photo);
  expect(await keep(late, 'late')).toBe(false);
  await late.end();
  expect(await take(photo)).toEqual({ kind: 'busy' });
  expect(await keep(next, 'found')).toBe(true);
  await next.end();
  expect(await take(photo)).toEqual({ kind: 'saved', saved: 'found' });
});

it('is free at once when its holder gives up', async () => {
  const photo = await newPhoto();
  await (await taken(photo)).end();
  await (await taken(photo)).end();
});

it('is begun anew only where something was saved', async () => {
  const [photo, other] = [await newPhoto(), await newPhoto()];
  const [lease, otherLease] = [await taken(photo), await taken(other)];
  await forgetPhoto(pool, photo);
  expect(await take(photo)).toEqual({ kind: 'busy' });
  for (const each of [lease, otherLease]) {
    await keep(each, 'found');
    await each.end();
  }
  await forgetPhoto(pool, photo);
  expect(await take(other)).toEqual({ kind: 'saved', saved: 'found' });
  await (await taken(photo)).end();
});
