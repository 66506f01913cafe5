import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import sharp from 'sharp';
import { readPhotos } from '../../../src/cli/demo-photos.js';

let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'demo-photos-'));
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#a33', noise } })
    .jpeg()
    .toBuffer();
  writeFileSync(at('whole.jpg'), photo);
  writeFileSync(at('cut.jpg'), photo.subarray(0, photo.length / 2));
  writeFileSync(at('empty.jpg'), '');
  writeFileSync(at('text.jpg'), 'hello');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('whole photos are read', async () => {
  expect(await readPhotos([at('whole.jpg')])).toHaveLength(1);
});

test.each(['cut.jpg', 'empty.jpg', 'text.jpg', 'missing.jpg', '.'])(
  '%s is refused by name, in one line',
  async (name) => {
    const refusal = await readPhotos([at('whole.jpg'), at(name)]).catch((error: Error) => error);
    expect(refusal).toMatchObject({ name: 'UserError', message: expect.stringContaining(at(name)) });
    expect((refusal as Error).message).not.toContain('\n');
    expect((refusal as Error).message).not.toContain('whole.jpg');
  },
);

test('a relative path is looked for where npm was called, not where it went', async () => {
  const env = { npm_lifecycle_event: 'demo', INIT_CWD: folder };
  expect(await readPhotos(['whole.jpg'], env)).toHaveLength(1);
});
