import { hslToRgb, parseHexColour, rgbToHsl, toHex } from '../imaging/colour.js';
import { contrastRatio, type Rgb } from '../imaging/contrast.js';

/** WCAG 2.1 AA for text of any size. */
export const LEAST_CONTRAST = 4.5;

/** What is written on a brand's colour: white, or the near-black of print. */
export const INKS = ['ffffff', '1a1a1a'] as const;

/** A colour after it was made readable. Hue and saturation (HSL) are the brand's own; only its lightness may differ. */
export interface ReadableColour {
  /** RRGGBB. */
  colour: string;
  /** WCAG contrast with its partner, 4.5 or more. */
  contrast: number;
  /** By how much its HSL lightness was changed, -1 (to black) to 1 (to white); 0 for a colour that is as it was chosen. */
  shift: number;
}

/** Finer than eight bits tell apart. */
const STEPS = 512;

/**
 * The colour as text on a ground: as it is where it can be read, else darker or lighter, whichever is less.
 * @param colour and `ground` are RRGGBB. @throws TypeError for what is no colour.
 */
export function readableText(colour: string, ground: string): ReadableColour {
  const [chosen, partner] = [rgbOf(colour), rgbOf(ground)];
  const hsl = rgbToHsl(chosen);
  const at = (shift: number): ReadableColour => {
    const rgb = shift === 0 ? chosen : hslToRgb({ ...hsl, l: hsl.l + shift });
    return { colour: toHex(rgb), contrast: contrastRatio(rgb, partner), shift };
  };
  for (let step = 0; step <= STEPS; step++) {
    const by = step / STEPS;
    const [darker, lighter] = [at(-Math.min(by, hsl.l)), at(Math.min(by, 1 - hsl.l))];
    const better = darker.contrast > lighter.contrast ? darker : lighter;
    if (better.contrast >= LEAST_CONTRAST) return better;
  }
  // Black and white together have a contrast of 21, so that one of them has more than 4.58 with anything between.
  throw new Error(`no lightness of ${colour} can be read on ${ground}`);
}

/**
 * The colour as a ground, with the ink that asks least of it.
 * @param colour RRGGBB. @throws TypeError for what is no colour.
 */
export function readableGround(colour: string): ReadableColour & { ink: (typeof INKS)[number] } {
  const [white, dark] = INKS.map((ink) => ({ ...readableText(colour, ink), ink })) as [
    ReturnType<typeof readableGround>,
    ReturnType<typeof readableGround>,
  ];
  const [a, b] = [Math.abs(white.shift), Math.abs(dark.shift)];
  if (a !== b) return a < b ? white : dark;
  return white.contrast >= dark.contrast ? white : dark;
}

function rgbOf(colour: string): Rgb {
  const rgb = parseHexColour(colour);
  if (!rgb) throw new TypeError(`"${colour}" is no colour; give it as RRGGBB`);
  return { r: rgb.r, g: rgb.g, b: rgb.b };
}
