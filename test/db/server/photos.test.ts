import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnDish } from '../../support/pictures.js';
import { openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

const look = (part: string, content: Blob, name?: string) => {
  const form = new FormData();
  form.append(part, content, name);
  return bench.send('POST', '/api/admin/photos/advice', { body: form });
};

it('a photo is looked at and not kept, whatever it calls itself', async () => {
  const photo = new Blob([new Uint8Array(await drawnDish())], { type: 'application/octet-stream' });
  const before = await bench.own.query('select count(*) from image_assets');
  for (const name of ['IMG_0001', 'photo.heic', '점심 특선.txt']) {
    const { status, body } = await look('photo', photo, name);
    expect([name, status]).toEqual([name, 200]);
    expect(body).toMatchObject({ format: 'jpeg', advice: expect.any(Array), dish: { x: expect.any(Number) } });
  }
  expect((await bench.own.query('select count(*) from image_assets')).rows).toEqual(before.rows);
});

it('what cannot be looked at is refused, with what to do', async () => {
  expect(await look('photo', new Blob(['just words']))).toMatchObject({
    status: 415,
    body: { message: expect.stringMatching(/not a JPEG, PNG or WebP/) },
  });
  expect(await look('photo', new Blob([]))).toMatchObject({ status: 415 });
  expect((await look('picture', new Blob(['x']))).status).toBe(400);
  expect(await bench.send('POST', '/api/admin/photos/advice', { body: new FormData() })).toMatchObject({ status: 400 });
});
