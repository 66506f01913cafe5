import type { Box } from '../../imaging/geometry.js';
import type { TextAreas } from '../../typography/text-areas.js';
import type { Size } from '../canvas.js';
import type { DishPhoto } from '../dish-photo.js';
import { type Composition, dishInFrame, photoOnCanvas, placementOf } from '../layout.js';
import type { FrameRequest } from '../photo-frame.js';
import { enlargementOf } from '../photo-region.js';

/** What is told of a picture that shows the photo itself in a region of the canvas. */
export function photoComposition(
  png: Buffer,
  {
    photo,
    frame,
    region,
    size,
    prompt,
    areas,
    axis,
  }: {
    photo: DishPhoto;
    frame: FrameRequest;
    region: Box;
    size: Size;
    prompt: string;
    areas: TextAreas;
    axis: number | null;
  },
): Composition {
  const at = { left: Math.round(region.x), top: Math.round(region.y) };
  return {
    png,
    placement: placementOf(dishInFrame(photo, frame, at), size),
    photoOnCanvas: photoOnCanvas(photo, frame, size, at),
    prompt,
    areas,
    isCutOut: false,
    enlargement: enlargementOf(photo, frame),
    axis,
  };
}
