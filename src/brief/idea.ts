import { z } from 'zod';

/** What a picture leads with: the dish itself, its price or offer, or a moment (a reason to come). */
export const IDEA_KINDS = ['dish', 'deal', 'moment'] as const;
export type IdeaKind = (typeof IDEA_KINDS)[number];

/** Places for text on a picture, in reading order. */
export const TEXT_SLOTS = [
  'leadIn',
  'headline',
  'line',
  'price',
  'priceWas',
  'offer',
  'period',
  'note',
  'callToAction',
  'shop',
  'handle',
  'place',
] as const;
export type TextSlot = (typeof TEXT_SLOTS)[number];

/** The words of one picture. `\n` in the headline is a line break that the owner chose. */
export type PictureTexts = { headline: string } & { [slot in Exclude<TextSlot, 'headline'>]?: string | undefined };

/** How large the owner wants the headline, relative to what the design chooses. */
export const HEADLINE_SCALE = { least: 0.6, most: 1.4 } as const;

const slotText = z.string().min(1).max(300);

export const pictureTextsSchema = z.strictObject({
  ...(Object.fromEntries(TEXT_SLOTS.map((slot) => [slot, slotText.optional()])) as Record<
    Exclude<TextSlot, 'headline'>,
    z.ZodOptional<typeof slotText>
  >),
  headline: slotText,
});

/** One of a job's pictures, before it is made: what it leads with and what it says. */
export const ideaSchema = z.strictObject({
  kind: z.enum(IDEA_KINDS),
  texts: pictureTextsSchema,
  /** A design's name, when the owner chose one. */
  design: z.string().min(1).max(40).optional(),
  headlineScale: z.number().min(HEADLINE_SCALE.least).max(HEADLINE_SCALE.most).optional(),
});
export type Idea = z.infer<typeof ideaSchema>;
