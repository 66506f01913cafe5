import type { Box } from '../../imaging/geometry.js';
import type { TextColours, TypeLook } from '../../typography/text-areas.js';
import { type Brief, type Composition, cutoutOnCanvas, placementOf } from '../layout.js';
import { centredAreas } from '../looks.js';
import { roomsWithSticker, type StickerRooms } from './sticker-rooms.js';

/** A dish wider than this leaves no corner of its stage free. */
const WIDEST_DISH = 1.3;

/** The rooms of a picture with a cut-out dish. */
export const roomsForDish = (brief: Brief, look: TypeLook): StickerRooms =>
  roomsWithSticker(brief, look, brief.photo.dish.width <= brief.photo.dish.height * WIDEST_DISH);

/** What is told of a picture that shows the cut-out dish in `box` (pixels), its texts on the middle axis. */
export function cutOutComposition(
  png: Buffer,
  brief: Brief,
  {
    box,
    rooms,
    prompt,
    colours,
    look,
  }: {
    box: Box;
    rooms: StickerRooms;
    prompt: string;
    colours: TextColours;
    look: TypeLook;
  },
): Composition {
  const { photo, size } = brief;
  return {
    png,
    placement: placementOf(box, size),
    photoOnCanvas: cutoutOnCanvas(photo, box, size),
    prompt,
    areas: { ...centredAreas(rooms, size, colours, look), ...(rooms.sticker && { sticker: rooms.sticker }) },
    isCutOut: true,
    enlargement: (box.width / photo.dish.width) * photo.pixelScale,
    axis: 0.5,
  };
}
