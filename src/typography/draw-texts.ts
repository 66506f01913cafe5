import type { OverlayOptions } from 'sharp';
import { plateBehindLogo } from '../brands/logo-plate.js';
import { parseHexColour } from '../imaging/colour.js';
import { contrastRatio } from '../imaging/contrast.js';
import { type Box, toRatios } from '../imaging/geometry.js';
import { loadFont } from '../imaging/fonts.js';
import { type Canvas, luminanceRange, paint, plate, worstContrast } from '../imaging/legibility.js';
import { sharp } from '../imaging/sharp.js';
import { badgeSvg } from './badge-shapes.js';
import type { SetElement } from './blocks.js';
import { faceOfText } from './drawable-text.js';
import { onCanvas, outlineOf, unionOf } from './outlines.js';
import type { SetTexts } from './set-texts.js';
import type { CanvasSize, DrawnElement, TextAreas } from './text-areas.js';
import { veilFor } from './veil.js';

export interface DrawnTexts {
  layers: OverlayOptions[];
  elements: DrawnElement[];
}

/** Texts that were set, as layers for the picture (RGBA pixels of the canvas) and as what is recorded of them. */
export async function drawTexts(set: SetTexts, areas: TextAreas, canvas: Canvas, logo?: Buffer): Promise<DrawnTexts> {
  const size: CanvasSize = { width: canvas.width, height: canvas.height };
  const drawn = set.elements.map((element) => ({ element, ...inkOf(element) }));
  const bare = drawn.filter(({ element }) => isBare(element));
  const veil = areas.look.onPhoto
    ? await veilFor(
        bare.map(({ element, ink }) => ({ ink, colour: element.colour })),
        canvas,
      )
    : [];

  const layers: OverlayOptions[] = [...veil];
  if (areas.look.onPhoto && bare.length > 0)
    layers.push(await shadowOf(bare.map(({ paths }) => paths).join(''), size, areas));
  const body = drawn.map(({ element, paths }) => svgOfElement(element, paths)).join('');
  layers.push({ input: Buffer.from(svg(size, body)), left: 0, top: 0 });

  const ground = await paint(canvas, veil);
  if (logo) layers.push(...(await logoLayers(logo, set, ground)));

  const elements = drawn.map(({ element, ink }) => ({
    slot: element.slot,
    area: element.area,
    lines: element.lines.map((line) => line.text),
    box: toRatios(ink, size.width, size.height),
    badge: element.badge ? toRatios(element.badge.box, size.width, size.height) : null,
    fontSize: Math.round(element.lines[0]?.fontSize ?? 0),
    fontName: loadFont(faceOfText(element.lines[0]?.text ?? '', element.lines[0]?.face ?? 'ExtraBold')).name,
    colour: element.colour,
    contrastRatio: contrastOf(element, ink, ground),
  }));
  return { layers, elements };
}

/** The logo (PNG with transparency) in each place that was set for it, whole and undistorted, on a plate where it needs one. */
async function logoLayers(logo: Buffer, set: SetTexts, ground: Canvas): Promise<OverlayOptions[]> {
  const boxes = set.elements.flatMap(({ logo: box }) => (box ? [onCanvas(box, ground)] : []));
  const plates = await Promise.all(
    boxes.map(async (box) => {
      const colour = parseHexColour((await plateBehindLogo(logo, luminanceRange(ground, box))) ?? '');
      return colour ? [plate(grown(box), colour, 1, Math.round(box.height * 0.2), 0)] : [];
    }),
  );
  const logos = await Promise.all(
    boxes.map(async ({ x, y, width, height }) => ({
      input: await sharp(logo)
        .resize(width, height, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
        .png({ compressionLevel: 0 })
        .toBuffer(),
      left: x,
      top: y,
    })),
  );
  return [...plates.flat(), ...logos];
}

/** A plate's edge; it stays well clear of the name beside it. */
const grown = ({ x, y, width, height }: Box): Box => {
  const edge = Math.round(height * 0.12);
  return { x: x - edge, y: y - edge, width: width + 2 * edge, height: height + 2 * edge };
};

const isBare = ({ badge }: SetElement): boolean =>
  badge === null || badge.shape === 'outline' || badge.shape === 'line';

function inkOf(element: SetElement): { paths: string; ink: Box } {
  const outlines = element.lines.map((line) => outlineOf(line.text, line.face, line, line.fontSize));
  const strike = element.strike ? strikeOf(element) : '';
  return {
    paths: outlines.map(({ path }) => path).join('') + strike,
    ink: outlines.map(({ box }) => box).reduce((all, box) => unionOf(all, box)),
  };
}

/** A bar through the middle of each line, as path data. */
const strikeOf = (element: SetElement): string =>
  element.lines
    .map((line) => {
      const { box } = outlineOf(line.text, line.face, line, line.fontSize);
      const thick = Math.max(3, line.fontSize * 0.075);
      const y = box.y + box.height / 2 - thick / 2;
      return `M${box.x - 5} ${y}h${box.width + 10}v${thick}h${-(box.width + 10)}Z`;
    })
    .join('');

function svgOfElement(element: SetElement, paths: string): string {
  const body = (element.badge ? badgeSvg(element.badge) : '') + `<path d="${paths}" fill="#${element.colour}"/>`;
  if (!element.turn || !element.badge) return body;
  const { x, y, width, height } = element.badge.box;
  return `<g transform="rotate(${element.turn} ${x + width / 2} ${y + height / 2})">${body}</g>`;
}

const svg = ({ width, height }: CanvasSize, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;

/** A soft shade behind letters on a photo keeps their edges crisp; drawn small, since blurring hides detail anyway. */
async function shadowOf(paths: string, size: CanvasSize, { colours }: TextAreas): Promise<OverlayOptions> {
  const small = { width: Math.ceil(size.width / 4), height: Math.ceil(size.height / 4) };
  const shade = isLight(colours.ink) ? '#000' : '#fff';
  const body = `<path d="${paths}" fill="${shade}" fill-opacity="0.62" transform="translate(0 3)"/>`;
  const drawn = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${small.width}" height="${small.height}" viewBox="0 0 ${size.width} ${size.height}">${body}</svg>`,
    ),
  )
    .ensureAlpha()
    .blur(2.2)
    .raw()
    .toBuffer();
  const input = await sharp(drawn, { raw: { ...small, channels: 4 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { input, raw: { ...size, channels: 4 }, left: 0, top: 0 };
}

const isLight = (colour: string): boolean => {
  const rgb = parseHexColour(colour);
  return rgb !== null && rgb.r * 0.3 + rgb.g * 0.6 + rgb.b * 0.1 > 140;
};

/** `ground` is what the texts are drawn on. */
function contrastOf(element: SetElement, ink: Box, ground: Canvas): number {
  const colour = parseHexColour(element.colour);
  if (!colour) return 1;
  if (element.badge && !isBare(element)) {
    const badge = parseHexColour(element.badge.colour);
    return badge ? round(contrastRatio(colour, badge)) : 1;
  }
  return round(worstContrast(colour, luminanceRange(ground, onCanvas(ink, ground))));
}

const round = (value: number): number => Math.round(value * 100) / 100;
