import type { PictureTexts } from '../brief/idea.js';
import { type Box, toRatios } from '../imaging/geometry.js';
import type { Season } from '../seasons.js';
import type { TextAreas, TypeLook } from '../typography/text-areas.js';
import type { Size } from './canvas.js';
import type { CutoutPixels, DishPhoto } from './dish-photo.js';
import { type FrameRequest, photoInFrame } from './photo-frame.js';
import type { Palette } from './palettes.js';
import type { PhotoOnCanvas, Placement } from './provider.js';
import type { Random } from './random.js';
import type { MainDemand, Rooms } from './rooms.js';

export type HeadlineSide = 'top' | 'bottom';

/** Everything a design is told. All boxes in pixels of the canvas. */
export interface Brief {
  photo: DishPhoto;
  season: Season;
  size: Size;
  /** What the picture says; the design keeps room for it and draws none of it. */
  texts: PictureTexts;
  /** The palette of a mood that suits this food and the shop's brand. */
  palette(mood: Palette['mood']): Palette;
  headline: HeadlineSide;
  /** Where text of this look goes, and what is left for the dish. */
  rooms(demand: Omit<MainDemand, 'width'>): Rooms;
  /** Height (pixels) of the small print and the name in a column so many pixels wide. */
  footHeight(look: TypeLook, width: number): number;
  /** Wished centre of the dish (shares of the canvas) and how much of its stage it fills, 0..1. */
  wish: { x: number; fill: number };
  random: Random;
}

export interface Composition {
  png: Buffer;
  placement: Placement;
  photoOnCanvas: PhotoOnCanvas;
  prompt: string;
  areas: TextAreas;
  isCutOut: boolean;
  /** How many times the photo's own pixels were enlarged. */
  enlargement: number;
  /** Share of the canvas width on which dish and text are centred; null where the design sets them apart. */
  axis: number | null;
}

export interface Design {
  name: string;
  compose(brief: Brief): Promise<Composition>;
}

/** A design that needs the dish cut out. */
export interface CutOutDesign {
  name: string;
  compose(brief: Brief, cutout: CutoutPixels): Promise<Composition>;
}

/** Share of the canvas width a dish takes at most. */
const WIDEST = 0.83;

/** Width and height of the dish, as large as the field allows. */
export function fitDish(photo: DishPhoto, width: number, height: number): { width: number; height: number } {
  const scale = Math.min(width / photo.dish.width, height / photo.dish.height);
  return { width: photo.dish.width * scale, height: photo.dish.height * scale };
}

/** The dish's box on its stage: as large as wished, near the wished centre, whole on the canvas. */
export function dishOnStage({ photo, size, wish, headline }: Brief, stage: Box, fill = wish.fill): Box {
  // A wide dish from edge to edge looks like a close-up gone wrong.
  const dish = fitDish(photo, Math.min(stage.width, size.width * WIDEST) * fill, stage.height * fill);
  const x = clamp(wish.x * size.width - dish.width / 2, stage.x, stage.x + stage.width - dish.width);
  // Spare height goes mostly to the headline's side: a dish stands low, it does not hover.
  const spare = stage.height - dish.height;
  return { x, y: stage.y + spare * (headline === 'top' ? 0.58 : 0.5), ...dish };
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const centreOf = (box: Box): { x: number; y: number } => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

export const placementOf = (dish: Box, size: Size): Placement => {
  const { x, y } = centreOf(dish);
  return { x: x / size.width, y: y / size.height, size: Math.max(dish.width, dish.height) / size.width };
};

/** What a canvas shows of the photo when the cut-out dish lies in `dish`: all of it, if only the rest were there. */
export function cutoutOnCanvas(photo: DishPhoto, dish: Box, size: Size): PhotoOnCanvas {
  const scale = dish.width / photo.dish.width;
  const box = {
    x: dish.x - photo.dish.x * scale,
    y: dish.y - photo.dish.y * scale,
    width: photo.width * scale,
    height: photo.height * scale,
  };
  return { box: toRatios(box, size.width, size.height), window: { x: 0, y: 0, width: 1, height: 1 } };
}

/** A frame laid on the canvas at the given corner: what of it is the photo, as shares of the canvas. */
export const photoOnCanvas = (
  photo: DishPhoto,
  frame: FrameRequest,
  size: Size,
  at: { left: number; top: number } = { left: 0, top: 0 },
): PhotoOnCanvas => {
  const within = photoInFrame(photo, frame);
  return {
    box: toRatios({ ...within, x: at.left + within.x, y: at.top + within.y }, size.width, size.height),
    window: toRatios({ x: at.left, y: at.top, width: frame.width, height: frame.height }, size.width, size.height),
  };
};

/** Where the dish comes to lie in a frame. */
export function dishInFrame(photo: DishPhoto, frame: FrameRequest, at: { left: number; top: number }): Box {
  const scale = frame.dishSize / Math.max(photo.dish.width, photo.dish.height);
  const [width, height] = [photo.dish.width * scale, photo.dish.height * scale];
  return { x: at.left + frame.centreX - width / 2, y: at.top + frame.centreY - height / 2, width, height };
}
