import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sharp } from '../imaging/sharp.js';
import type { PhotoFigures, PictureFigures } from './quality-figures.js';

const CELL = 360;
const GAP = 8;

const fileOf = ({ photo, design, format, variantId }: PictureFigures): string =>
  `${path.parse(photo).name}-${design}-${format}-${variantId.slice(0, 4)}.png`;

/**
 * Writes every finished picture into the folder, and all of them on one sheet: `index.html` with the figures under each
 * picture, and `contact-sheet.png`, one row a photo.
 */
export async function writeContactSheet(folder: string, figures: PhotoFigures[]): Promise<void> {
  for (const picture of figures.flatMap(({ pictures }) => pictures)) {
    await writeFile(path.join(folder, fileOf(picture)), picture.finished);
  }
  await writeFile(path.join(folder, 'index.html'), htmlOf(figures));
  await writeFile(path.join(folder, 'contact-sheet.png'), await pngOf(figures));
}

async function pngOf(figures: PhotoFigures[]): Promise<Buffer> {
  const columns = Math.max(...figures.map(({ pictures }) => pictures.length));
  const cells = await Promise.all(
    figures.flatMap(({ pictures }, row) =>
      pictures.map(async ({ finished }, column) => ({
        input: await sharp(finished)
          .resize(CELL, CELL, { fit: 'contain', background: '#ffffff' })
          .removeAlpha()
          .png()
          .toBuffer(),
        left: GAP + column * (CELL + GAP),
        top: GAP + row * (CELL + GAP),
      })),
    ),
  );
  return sharp({
    create: {
      width: GAP + columns * (CELL + GAP),
      height: GAP + figures.length * (CELL + GAP),
      channels: 3,
      background: '#ffffff',
    },
  })
    .composite(cells)
    .png()
    .toBuffer();
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function htmlOf(figures: PhotoFigures[]): string {
  const rows = figures.map(({ photo, cutout, leastDistance, pictures }) => {
    const cut = `${cutout.isCut ? 'cut out' : 'shown whole'}, confidence ${cutout.confidence.toFixed(2)}: ${cutout.reason}`;
    const cells = pictures.map(
      (picture) =>
        `<figure><a href="${fileOf(picture)}"><img src="${fileOf(picture)}" alt="${escaped(picture.headline)}" loading="lazy"></a>` +
        `<figcaption>${picture.design}<br>OCR ${picture.accuracy.toFixed(3)}, contrast ${picture.worstContrast.toFixed(1)}` +
        `${picture.findings.length > 0 ? `<br>${escaped(picture.findings.join(', '))}` : ''}` +
        `${picture.truth ? `, over dish ${(picture.truth.overDish * 100).toFixed(1)} %` : ''}</figcaption></figure>`,
    );
    return `<h2>${escaped(photo)}</h2><p>${escaped(cut)}; variants at least ${leastDistance.toFixed(1)} apart</p><div>${cells.join('')}</div>`;
  });
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title>' +
    '<style>body{font:14px system-ui;margin:24px;background:#fff;color:#222}div{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:12px}' +
    'figure{margin:0}img{width:100%;display:block}figcaption{color:#555;padding:4px 0 12px}</style>' +
    `<h1>Contact sheet</h1>${rows.join('')}</html>`
  );
}
