import type { TextAreas, TypeLook } from '../../typography/text-areas.js';
import type { Brief } from '../layout.js';
import type { Rooms } from '../rooms.js';

/** Radius of a sticker, share of the canvas width; the longest offer that is still read on it. */
const RADIUS = 0.098;
const LONGEST_OFFER = 12;

export interface StickerRooms extends Rooms {
  sticker?: NonNullable<TextAreas['sticker']>;
}

/** Rooms whose stage has a corner free: a short offer goes there on a sticker, and the headline is spared it. */
export function roomsWithSticker(brief: Brief, look: TypeLook, hasCorner = true): StickerRooms {
  const { size, texts } = brief;
  const hasSticker = hasCorner && texts.offer !== undefined && [...texts.offer].length <= LONGEST_OFFER;
  const rooms = brief.rooms({ look, hasSticker });
  if (!hasSticker) return rooms;
  const y = rooms.stage.y + RADIUS * size.width;
  return { ...rooms, sticker: { x: 0.945 - RADIUS, y: y / size.height, radius: RADIUS, turn: 9 } };
}
