import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AssetStore, createAssetStore } from '../../../src/assets/asset-store.js';
import { createDecodedPictures } from '../../../src/stages/common/decoded-pictures.js';
import { plain } from '../imaging/pictures.js';

let root: string;
let assets: AssetStore;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'decoded-'));
  assets = createAssetStore({ root, partName: 'yh' });
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('a picture asked for by several is decoded once, also when they ask at the same time', async () => {
  await writeFile(join(root, 'a.png'), await plain('#102030', 64, 64));
  const pictures = createDecodedPictures(assets);
  const [first, second] = await Promise.all([pictures.load('/assets/a.png'), pictures.load('/assets/a.png')]);
  expect(second).toBe(first);
  expect(await pictures.load('/assets/a.png')).toBe(first);
  expect([...first.data.subarray(0, 3)]).toEqual([0x10, 0x20, 0x30]);
});

test('another file in its place is another picture', async () => {
  await writeFile(join(root, 'b.png'), await plain('#102030', 64, 64));
  const pictures = createDecodedPictures(assets);
  await pictures.load('/assets/b.png');
  await writeFile(join(root, 'b.png'), await plain('#a0b0c0', 80, 64));
  expect((await pictures.load('/assets/b.png')).width).toBe(80);
});

test('what was not used longest goes when the room is full', async () => {
  for (const name of ['c', 'd', 'e']) await writeFile(join(root, `${name}.png`), await plain('#102030', 100, 100));
  const pictures = createDecodedPictures(assets, 2 * 100 * 100 * 3);
  const [c, d] = [await pictures.load('/assets/c.png'), await pictures.load('/assets/d.png')];
  expect(await pictures.load('/assets/c.png')).toBe(c);
  await pictures.load('/assets/e.png');
  expect(await pictures.load('/assets/c.png')).toBe(c);
  expect(await pictures.load('/assets/d.png')).not.toBe(d);
});

test('a missing file and a URL outside are refused, and a file that comes later is read', async () => {
  const pictures = createDecodedPictures(assets);
  await expect(pictures.load('/etc/passwd')).rejects.toMatchObject({ status: 400 });
  await expect(pictures.load('/assets/late.png')).rejects.toMatchObject({ status: 400 });
  await writeFile(join(root, 'late.png'), Buffer.from('no picture'));
  await expect(pictures.load('/assets/late.png')).rejects.toThrow(/not a JPEG/u);
  await writeFile(join(root, 'late.png'), await plain('#102030', 64, 64));
  expect((await pictures.load('/assets/late.png')).width).toBe(64);
});
