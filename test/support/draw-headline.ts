import type { FontFace } from '../../src/imaging/fonts.js';
import type { Box } from '../../src/imaging/geometry.js';
import { drawOverlay } from '../../src/stages/overlay/draw-overlay.js';
import { readCanvas } from '../../src/stages/overlay/read-canvas.js';

/** One headline in a region (shares) of a picture, as the overlay draws it where no design says more. */
export async function drawHeadline({
  text,
  picture,
  region,
  face = 'ExtraBold',
  backgroundColour,
  preferredColour,
}: {
  text: string;
  picture: Buffer;
  region: Box;
  face?: FontFace;
  /** RRGGBB[AA]. */
  backgroundColour?: string;
  preferredColour?: string;
}) {
  const drawn = await drawOverlay({
    picture: await readCanvas(picture),
    texts: { headline: text },
    headlineScale: 1,
    areas: undefined,
    places: [{ region, source: 'test' }],
    wish: { colour: preferredColour ?? null, ground: backgroundColour ?? null, largest: null, face },
  });
  const headline = drawn.elements.find(({ slot }) => slot === 'headline');
  if (!headline) throw new Error('no headline was drawn');
  const { png, width, height } = drawn;
  return { png, width, height, ...headline, textBox: headline.box };
}
