import { sharp } from '../imaging/sharp.js';
import type { StageFigures } from './quality-bench.js';

/** So much of the drawn text is left in the faint control. */
const FAINT = 0.04;

/** The finished picture with its text nearly in the colour of the ground: six levels of difference, nobody reads that. */
export async function withFaintText({ finished, background }: StageFigures): Promise<Buffer> {
  const [drawn, plain] = await Promise.all([rgbOf(finished), rgbOf(background)]);
  const { width, height } = plain.info;
  const mixed = plain.data.map((value, i) => value + FAINT * ((drawn.data[i] as number) - value));
  return sharp(mixed, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** The finished picture out of focus by half a letter: it is seen that there is writing, not what is written. */
export const withBlurredText = ({ finished, fontSize }: StageFigures): Promise<Buffer> =>
  sharp(finished)
    .removeAlpha()
    .blur(fontSize / 2)
    .png()
    .toBuffer();

const rgbOf = (picture: Buffer) =>
  sharp(picture).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
