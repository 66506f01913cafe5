import type { Box } from '../imaging/geometry.js';
import { toRatios } from '../imaging/geometry.js';
import type { TextArea, TextAreas, TextColours, TypeLook } from '../typography/text-areas.js';
import type { Size } from './canvas.js';
import type { Rooms } from './rooms.js';
import { shapeOf } from './rooms.js';

/** Share of the canvas width that the largest headline takes in height; a story is read from further away. */
const LARGEST = { square: 0.128, portrait: 0.138, story: 0.166 };

/** Type of one hand: which faces a design is set in. */
export const look = (size: Size, faces: Partial<TypeLook> & Pick<TypeLook, 'headline'>): TypeLook => ({
  lead: 'SemiBold',
  body: 'SemiBold',
  figures: 'ExtraBold',
  badge: 'pill',
  sticker: 'circle',
  onPhoto: false,
  lineHeight: 1.16,
  largest: LARGEST[shapeOf(size)],
  ...faces,
});

/** A box of the canvas (pixels) as a text area. */
export const area = (
  box: Box,
  size: Size,
  align: TextArea['align'] = 'center',
  vertical: TextArea['vertical'] = 'middle',
): TextArea => ({ box: toRatios(box, size.width, size.height), align, vertical });

/** Headline and foot where the rooms have them, all on the middle axis. */
export const centredAreas = (
  rooms: Rooms,
  size: Size,
  colours: TextColours,
  type: TypeLook,
  vertical: { main?: TextArea['vertical']; foot?: TextArea['vertical'] } = {},
): TextAreas => ({
  main: area(rooms.main, size, 'center', vertical.main ?? 'middle'),
  foot: area(rooms.foot, size, 'center', vertical.foot ?? 'bottom'),
  colours,
  look: type,
});
