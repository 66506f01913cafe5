import { z } from 'zod';
import { ROLE_LENGTHS } from '../brief/brief.js';
import { shopName } from '../brief/shop-name.js';
import { parseHexColour, toHex } from '../imaging/colour.js';
import { BRAND_FACES } from './brand.js';

/** Control characters, line breaks among them, and lone surrogates cannot be drawn in one line. */
const UNUSABLE = /\p{Cs}|\p{Cc}/u;

const line = (field: string, longest: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => !UNUSABLE.test(text), `${field}: must be one line of valid text`)
    .refine((text) => [...text].length <= longest, `${field}: must have at most ${longest} characters`);

const name = line('name', ROLE_LENGTHS.shop).refine(
  (text) => text === '' || shopName(text) !== undefined,
  'name: this is what programs write where a name is missing; give the name that stands over the door',
);

/** Instagram's rules for user names: letters, digits, `_` and `.`; no `.` at either end or twice in a row. */
const HANDLE = /^(?!.*\.\.)[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?$/;

const handle = line('handle', 200).transform((text, context) => {
  if (text === '') return text;
  // Instagram tells no capitals apart; the sign may be left out, and people copy the address of their page.
  const name = text
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?(?:www\.)?instagram\.com\//, '')
    .replace(/\/?(?:\?.*)?$/, '')
    .replace(/^@/, '');
  if (HANDLE.test(name)) return `@${name}`;
  context.addIssue({
    code: 'custom',
    message:
      'handle: must be an Instagram name such as @my.shop: up to 30 letters, digits, "_" and ".", without a "." at either end or two in a row',
  });
  return z.NEVER;
});

const DIGITS = { least: 7, most: 15 };

const phone = line('phone', 40).refine((text) => {
  if (text === '') return true;
  const digits = text.replace(/\D/g, '').length;
  return /^\+?[\d\s().~-]+$/.test(text) && digits >= DIGITS.least && digits <= DIGITS.most;
}, `phone: must be a telephone number such as 02-123-4567, with ${DIGITS.least} to ${DIGITS.most} digits`);

const colour = (field: string) =>
  z.string().transform((text, context) => {
    if (text.trim() === '') return '';
    const rgb = parseHexColour(text);
    if (rgb && rgb.alpha === 255) return toHex(rgb);
    context.addIssue({ code: 'custom', message: `${field}: must be a colour as RRGGBB, for example d4380d` });
    return z.NEVER;
  });

/** An empty text takes away what was there. */
const orNothing = <T extends z.ZodType<string>>(text: T) =>
  text
    .nullable()
    .transform((value) => (value === '' ? null : value))
    .optional();

/** What may be said of a brand beside its logo. What is left out is not spoken about; null or '' takes it away. */
export const brandSchema = z.strictObject({
  name: orNothing(name).describe('the shop’s name as it stands on pictures'),
  colour: orNothing(colour('colour')).describe('RRGGBB'),
  secondColour: orNothing(colour('secondColour')).describe('RRGGBB'),
  handle: orNothing(handle).describe('Instagram’s, such as @my.shop'),
  phone: orNothing(phone),
  address: orNothing(line('address', 100)),
  hours: orNothing(line('hours', 80)).describe('when it is open, in the shop’s own words'),
  face: z
    .enum(BRAND_FACES, `face: must be one of ${BRAND_FACES.join(', ')}`)
    .nullable()
    .optional()
    .describe('headlines are set in it where the design allows'),
});
export type BrandWords = z.infer<typeof brandSchema>;
