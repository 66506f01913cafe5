import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AssetMissingError,
  AssetPathError,
  type AssetStore,
  createAssetStore,
  tenantFolder,
} from '../../../src/assets/asset-store.js';
import { effectId } from '../../../src/assets/effect-id.js';

let folder: string;
let store: AssetStore;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assets-test-'));
  store = createAssetStore({ root: path.join(folder, 'root'), partName: 'yh' });
  await writeFile(path.join(folder, 'secret'), 'secret');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = (id: string, bytes: string, tenantId = 'shop-1') => ({
  tenantId,
  kind: 'final',
  id,
  extension: 'png',
  bytes: Buffer.from(bytes),
  date: new Date('2026-03-01T23:30:00Z'),
});

describe('publishing', () => {
  test('the path follows the contract, by the UTC day', async () => {
    const { url, path: place, created } = await store.publish(file('one', 'first'));
    expect([url, created]).toEqual(['/assets/yh/tenants/shop-1/final/2026/03/01/one.png', true]);
    expect(place).toBe(path.join(store.root, 'yh/tenants/shop-1/final/2026/03/01/one.png'));
    expect(store.pathOf(url)).toBe(place);
    expect((await store.read(url)).toString()).toBe('first');
  });

  test('the first one wins, and nothing is left aside', async () => {
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((bytes) => store.publish(file('race', bytes))));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    const kept = (await store.read(results[0]?.url ?? '')).toString();
    expect((await store.publish(file('race', 'late'))).created).toBe(false);
    expect((await store.read(results[0]?.url ?? '')).toString()).toBe(kept);
    expect((await readdir(path.dirname(results[0]?.path ?? ''))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('tenants never leave their folder and never share one', async () => {
    const tenants = [
      'shop-1',
      'Shop-1',
      '../shop-1',
      '..',
      '.',
      '',
      'a/b',
      'a~2fb',
      'a~b',
      '한식당',
      'x'.repeat(255),
      `${'x'.repeat(254)}y`,
      'a\\b',
      'a%2fb',
      '.hidden',
    ];
    const folders = tenants.map(tenantFolder);
    expect(new Set(folders).size).toBe(tenants.length);
    for (const name of folders) expect(name).toMatch(/^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/);
    for (const name of folders) expect(name.length).toBeLessThan(130);
    const { url } = await store.publish(file('two', 'x', '../../한식당'));
    expect((await store.read(url)).toString()).toBe('x');
  });
});

test.each([
  '',
  '/',
  '/etc/passwd',
  'assets/a',
  '/assets',
  '/assets/',
  '/assets//secret',
  '/assets/../secret',
  '/assets/a/../../secret',
  '/assets/./a',
  '/assets/a//b',
  '/assets/a/',
  '/assets/%2e%2e/secret',
  '/assets/..%2fsecret',
  '/assets/%252e%252e/secret',
  '/assets/..\\secret',
  '/assets/a\u0000b',
  '/assets/a\nb',
  'file:///assets/a',
  'http://x/assets/a',
  `/assets/${'a'.repeat(300)}`,
  '/ASSETS/a',
])('%j is refused, neutrally', async (url) => {
  expect(() => store.pathOf(url)).toThrow(AssetPathError);
  await expect(store.read(url)).rejects.toThrow('asset_url must start with /assets/');
});

test('a name is found by each of its spellings, and by no other decoding', async () => {
  const name = '물냉면 (小) 1.png';
  for (const form of ['NFC', 'NFD'] as const) {
    await writeFile(path.join(store.root, `${form} ${name}`.normalize(form)), form);
    for (const asked of ['NFC', 'NFD'] as const) {
      const plain = `/assets/${form} ${name}`.normalize(asked);
      expect((await store.read(plain)).toString()).toBe(form);
      expect((await store.read(encodeURI(plain))).toString()).toBe(form);
      await expect(store.read(encodeURI(encodeURI(plain)))).rejects.toThrow(AssetPathError);
    }
  }
});

test('a link out of the root is not followed; one within is', async () => {
  const { url, path: place } = await store.publish(file('linked', 'inside'));
  await symlink(path.join(folder, 'secret'), path.join(path.dirname(place), 'out'));
  await symlink(place, path.join(path.dirname(place), 'in'));
  await expect(store.read(url.replace('linked.png', 'out'))).rejects.toThrow(AssetPathError);
  expect((await store.read(url.replace('linked.png', 'in'))).toString()).toBe('inside');
  expect((await readFile(path.join(folder, 'secret'))).toString()).toBe('secret');
});

test('a missing file and a folder are missing', async () => {
  for (const url of ['/assets/none.png', '/assets/yh', '/assets/yh/tenants/none/a.png'])
    await expect(store.read(url)).rejects.toThrow(AssetMissingError);
});

test('ids of an effect are stable and different for different things', () => {
  expect(effectId('k:planner:1', 'proposal')).toBe(effectId('k:planner:1', 'proposal'));
  expect(effectId('k:planner:1', 'proposal')).not.toBe(effectId('k:planner:2', 'proposal'));
  expect(effectId('k:planner:1', 'proposal')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
});
