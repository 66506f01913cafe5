// Draws the examples that the dashboard shows for a tone in which nothing was made yet: web/public/tones/*.webp.
//   npm run build && node scripts/tone-examples.mjs
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalImageProvider } from '../dist/src/generation/local-provider.js';
import { drawSampleDish, SAMPLE_DISHES } from '../dist/src/generation/sample-dishes.js';
import { sharp } from '../dist/src/imaging/sharp.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'web', 'public', 'tones');
const seed = readFileSync(path.join(root, 'sql', '0002_seed.sql'), 'utf8');
/** `(code, Korean name, English name` of each tone style, as the database gets them. */
const TONES = [...seed.matchAll(/^ {2}\('([a-z_]+)', '[^']+', '([^']+)',$/gm)].map(([, code, name]) => ({
  code,
  name,
}));

mkdirSync(folder, { recursive: true });
const provider = createLocalImageProvider();
for (const [index, { code, name }] of TONES.entries()) {
  const prepared = await provider.prepare(await drawSampleDish(index % SAMPLE_DISHES.length), {});
  const { png } = await provider.generate({
    prepared,
    // The design that comes first in this tone.
    variantIndex: 1,
    variantCount: 3,
    seed: code,
    promptType: name,
    format: 'square',
  });
  await sharp(png)
    .resize(240)
    .webp({ quality: 72 })
    .toFile(path.join(folder, `${code}.webp`));
}
