import type { PictureTexts } from '../../src/brief/idea.js';
import { createLocalImageProvider } from '../../src/generation/local-provider.js';
import type { GeneratedPicture, PictureFormat, PreparedPhoto } from '../../src/generation/provider.js';
import { drawSampleDish } from '../../src/generation/sample-dishes.js';
import { readPicture } from '../../src/imaging/picture.js';
import type { Season } from '../../src/seasons.js';
import type { Composition } from '../../src/stages/common/compositions.js';
import type { Overlay } from '../../src/stages/common/overlays.js';
import type { JudgeRequest } from '../../src/stages/engines/vision-language.js';
import { drawOverlay } from '../../src/stages/overlay/draw-overlay.js';
import { readCanvas } from '../../src/stages/overlay/read-canvas.js';
import type { TextAreas } from '../../src/typography/text-areas.js';

const provider = createLocalImageProvider();
const WHOLE = 2200;

const prepared = new Map<number, Promise<PreparedPhoto>>();
/** One of the sample dishes as its job's pictures share it. */
export function prepareDish(index: number): Promise<PreparedPhoto> {
  const known = prepared.get(index) ?? drawSampleDish(index).then((photo) => provider.prepare(photo, {}));
  prepared.set(index, known);
  return known;
}

type PictureOrder = Required<Pick<AdOrder, 'dish' | 'design' | 'texts' | 'format' | 'season'>>;

const generated = new Map<string, Promise<GeneratedPicture>>();
/** Each picture is composed once, and spoilt in many ways. */
function generate({ dish, ...order }: PictureOrder): Promise<GeneratedPicture> {
  const key = JSON.stringify([dish.upright.length, dish.dish, order]);
  const request = { prepared: dish, variantIndex: 1, variantCount: 3, seed: 'a shop', promptType: null, ...order };
  const known = generated.get(key) ?? provider.generate(request);
  generated.set(key, known);
  return known;
}

export interface AdOrder {
  dish: PreparedPhoto;
  design: string;
  texts: PictureTexts;
  format?: PictureFormat;
  season?: Season;
  /** What is done wrong when the texts are drawn. */
  spoilAreas?: (areas: TextAreas) => TextAreas;
  /** What is done wrong with the picture before its texts. */
  spoilPicture?: (picture: GeneratedPicture) => Promise<Buffer>;
}

/** An advertisement from a photo to what its judge is asked. */
export async function makeAd(order: AdOrder): Promise<JudgeRequest> {
  const { dish, design, texts, format = 'square', season = 'autumn' } = order;
  const made = await generate({ dish, design, texts, format, season });
  if (!made.composed) throw new Error('the picture does not say how it was composed');
  const { textAreas, ...composed } = made.composed;
  const areas = order.spoilAreas?.(textAreas) ?? textAreas;
  const before = (await order.spoilPicture?.(made)) ?? made.png;
  const drawn = await drawOverlay({
    picture: await readCanvas(before),
    texts,
    headlineScale: 1,
    areas,
    places: [],
    wish: { colour: null, ground: null, largest: null, face: 'ExtraBold' },
  });
  const composition: Composition = {
    ...composed,
    format,
    textOnPhoto: areas.look.onPhoto,
    ground: areas.colours.ground,
    stickerTurn: areas.sticker?.turn ?? 0,
  };
  return {
    picture: await readPicture(drawn.png, WHOLE),
    background: await readPicture(before, WHOLE),
    overlay: overlayOf(texts.headline, drawn),
    composition,
    cut: composed.isCutOut
      ? { mask: await readPicture(made.mask, WHOLE), upright: await readPicture(dish.upright, WHOLE) }
      : null,
    words: null,
  };
}

const overlayOf = (text: string, { elements, leftOut }: Pick<Overlay, 'elements' | 'leftOut'>): Overlay => ({
  id: 'overlay',
  text,
  textColour: null,
  overlayColour: null,
  fontSize: null,
  renderUrl: null,
  backgroundUrl: null,
  region: null,
  elements,
  leftOut,
  lines: [],
  sublines: [],
  textBox: null,
  fontName: null,
});
