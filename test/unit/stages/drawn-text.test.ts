import { expect, test } from 'vitest';
import { readPicture } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import {
  type DrawnText,
  type DrawnTextRequest,
  measureDrawnText,
} from '../../../src/stages/drawn-text/measure-drawn-text.js';

interface Files extends Omit<DrawnTextRequest, 'picture' | 'background'> {
  picture: Buffer;
  background: Buffer | null;
}
const measure = async ({ picture, background, ...rest }: Files): Promise<DrawnText> =>
  measureDrawnText({
    ...rest,
    picture: await readPicture(picture, 2200),
    background: background && (await readPicture(background, 2200)),
  });

/** Bars stand in for letters: what matters here is colour and place. */
const picture = (ground: string, ink: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="${ground}"/>` +
        Array.from(
          { length: 6 },
          (_, i) => `<rect x="${100 + i * 32}" y="60" width="12" height="50" fill="${ink}"/>`,
        ).join('') +
        '</svg>',
    ),
  )
    .png()
    .toBuffer();
const REGION = { x: 0.1, y: 0.1, width: 0.8, height: 0.7 };

test('black on white is 21, measured against the pixels and not against what is recorded', async () => {
  const black = await measure({
    picture: await picture('#ffffff', '#000000'),
    background: null,
    region: REGION,
    textColour: { r: 0, g: 0, b: 0 },
  });
  expect(black.contrastRatio).toBeCloseTo(21, 1);
  expect(black.inkBox?.x).toBeCloseTo(100 / 400, 2);
  expect(black.inkBox?.height).toBeCloseTo(50 / 200, 2);
});

test.each([
  ['#202020', '#f0f0f0', { r: 0, g: 0, b: 0 }],
  ['#f0f0f0', '#203080', { r: 255, g: 255, b: 255 }],
])(
  'ground %s with letters %s: a recorded colour that is not there is not believed',
  async (ground, ink, textColour) => {
    const found = await measure({
      picture: await picture(ground, ink),
      background: null,
      region: REGION,
      textColour,
    });
    const hex = (colour: { r: number; g: number; b: number }) =>
      `#${[colour.r, colour.g, colour.b].map((c) => c.toString(16).padStart(2, '0')).join('')}`;
    expect([hex(found.text), hex(found.ground)]).toEqual([ink, ground]);
  },
);

test('with the picture before the text, a ground of the text’s own colour elsewhere does not disturb', async () => {
  const before = await sharp(await picture('#808080', '#808080'))
    .composite([
      {
        input: await sharp({ create: { width: 120, height: 60, channels: 3, background: '#ffffff' } })
          .png()
          .toBuffer(),
        left: 40,
        top: 140,
      },
    ])
    .png()
    .toBuffer();
  const after = await sharp(before)
    .composite([
      {
        input: await sharp({ create: { width: 60, height: 20, channels: 3, background: '#ffffff' } })
          .png()
          .toBuffer(),
        left: 200,
        top: 60,
      },
    ])
    .png()
    .toBuffer();
  const found = await measure({
    picture: after,
    background: before,
    region: REGION,
    textColour: { r: 255, g: 255, b: 255 },
  });
  expect(found.inkBox?.x).toBeCloseTo(0.5, 2);
  expect(found.inkBox?.width).toBeCloseTo(60 / 400, 2);
});

test('white on white has no contrast', async () => {
  const found = await measure({
    picture: await picture('#ffffff', '#ffffff'),
    background: null,
    region: REGION,
    textColour: { r: 255, g: 255, b: 255 },
  });
  expect(found.contrastRatio).toBeCloseTo(1, 5);
});

test.each([
  ['white', 255, 1],
  ['black', 0, -1],
])(
  'faint letters on a busy ground are measured as faint, although the photo shows the recorded %s itself',
  async (_, value, towards) => {
    const photo = await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="#665544"/>' +
          '<rect x="60" y="30" width="60" height="20" fill="#ffffff"/><rect x="300" y="120" width="30" height="30" fill="#000000"/></svg>',
      ),
    )
      .removeAlpha()
      .raw()
      .toBuffer();
    const faint = Buffer.from(photo);
    for (let bar = 0; bar < 6; bar++)
      for (let y = 60; y < 110; y++)
        for (let x = 100 + bar * 32; x < 112 + bar * 32; x++)
          for (let c = 0; c < 3; c++) {
            const i = (y * 400 + x) * 3 + c;
            faint[i] = (faint[i] as number) + 6 * towards;
          }
    const png = (data: Buffer): Promise<Buffer> =>
      sharp(data, { raw: { width: 400, height: 200, channels: 3 } })
        .png()
        .toBuffer();
    const found = await measure({
      picture: await png(faint),
      background: await png(photo),
      region: REGION,
      textColour: { r: value, g: value, b: value },
    });
    expect(found.contrastRatio).toBeLessThan(1.2);
    expect(found.inkBox?.x).toBeCloseTo(100 / 400, 2);
    expect(found.inkBox?.height).toBeCloseTo(50 / 200, 2);
  },
);

test('a picture without any text, where some is recorded, has no letters and no contrast', async () => {
  const plain = await picture('#303030', '#f0f0f0');
  const found = await measure({
    picture: plain,
    background: plain,
    region: REGION,
    textColour: { r: 240, g: 240, b: 240 },
  });
  expect([found.contrastRatio, found.inkBox]).toEqual([1, null]);
});
