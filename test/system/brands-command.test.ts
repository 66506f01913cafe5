import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findKey } from '../../src/auth/keys.js';
import { readBrand } from '../../src/brands/brand.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { runCli } from '../support/cli.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let pool: Pool;
const folder = mkdtempSync(path.join(os.tmpdir(), 'brands-'));
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'brands', size: 2, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
  await rm(folder, { recursive: true });
});

const run = (...args: string[]) =>
  runCli({ DATABASE_URL: database.url, ASSETS_DIR: folder, DATA_DIR: folder }, ...args);

it('a brand is said piece by piece, shown, and refused in the reader’s language', async () => {
  const first = await run('brands', 'set', 'mija', '--name', '미자네', '--colour', '#FFD400', '--handle', 'Mija');
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toContain('done: the brand of mija is set');
  await run('brands', 'set', 'mija', '--phone', '02-123-4567');
  await run('brands', 'set', 'mija', '--handle', '');
  expect(await readBrand(pool, 'mija')).toMatchObject({
    name: '미자네',
    colour: 'ffd400',
    handle: null,
    phone: '02-123-4567',
  });
  const shown = await run('brands', 'show', 'mija', '--lang', 'ko');
  expect(shown.stdout).toMatch(
    /이름: 미자네[\s\S]*대표 색을 흰 바탕의 글자로 쓸 때: [0-9a-f]{6} \(\d+% 어둡게, 대비 4\.\d\)/,
  );
  const refused = await run('brands', 'set', 'mija', '--lang', 'ko', '--handle', '@미자', '--phone', 'x');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/handle: 인스타그램 계정을[\s\S]*phone: 전화번호를/);
  expect((await run('brands', 'show', 'nobody')).stderr).toContain('there is no brand of the tenant "nobody"');
  expect(JSON.parse((await run('brands', 'list', '--json')).stdout)).toMatchObject([{ tenantId: 'mija' }]);
});

it('a logo is given from a file and taken away', async () => {
  const [logo, photo] = [path.join(folder, 'logo.png'), path.join(folder, 'photo.jpg')];
  const box = { create: { width: 120, height: 90, channels: 4, background: '#d4380d80' } } as const;
  await sharp(box).png().toFile(logo);
  await sharp(box).flatten().jpeg().toFile(photo);
  expect((await run('brands', 'logo', 'lee', logo)).code).toBe(0);
  expect((await readBrand(pool, 'lee'))?.logoUrl).toMatch(/^\/assets\/yh\/tenants\/lee\/logo\//);
  const refused = await run('brands', 'logo', 'lee', photo, '--lang', 'ko');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('배경이 투명한 PNG로 저장해 주세요')]);
  expect((await run('brands', 'logo', 'lee')).stderr).toContain('one of the two');
  expect((await run('brands', 'logo', 'lee', '--remove')).code).toBe(0);
  expect((await readBrand(pool, 'lee'))?.logoUrl).toBeNull();
});

it('a key is made for one tenant, and listed as its', async () => {
  const made = await run('keys', 'create', 'mija', '--tenant', 'mija_kitchen', '--scope', 'operate');
  expect(await findKey(pool, made.stdout.trim())).toMatchObject({ tenantId: 'mija_kitchen', scope: 'operate' });
  expect(made.stderr).toContain('Nothing was made for the tenant mija_kitchen yet');
  await pool.query(`insert into tenants (tenant_id) values ('lee_kitchen')`);
  expect((await run('keys', 'create', 'lee', '--tenant', 'lee_kitchen')).stderr).toBe('');
  const all = await run('keys', 'create', 'night-shift');
  expect(await findKey(pool, all.stdout.trim())).toMatchObject({ tenantId: null, scope: 'read' });
  expect((await run('keys', 'list')).stdout).toMatch(
    /mija +\| operate \| mija_kitchen \|[\s\S]*night-shift \| read +\| all /,
  );
  expect((await run('keys', 'create', 'x', '--tenant', '../y')).code).toBe(2);
});
