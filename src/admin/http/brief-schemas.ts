import { z } from 'zod';
import { BRIEF_ROLES, type BriefRole, briefSchema } from '../../brief/brief.js';
import { postSchema } from '../briefs/post-schema.js';
import { PICTURE_FORMATS } from '../../generation/picture-size.js';
import { type Idea, ideaSchema, TEXT_SLOTS } from '../../brief/idea.js';

/*
 * Words of an advertisement as they travel: what is asked for (checked, and NFC from here on), and what is answered. In a
 * form they come as JSON texts, in a JSON body as they are.
 */

const text = z.string();

/** Text as rows can hold it, in NFC. */
export const plainText = (longest: number) =>
  z
    .string()
    .max(longest)
    .normalize()
    .refine((value) => !/[\0\p{Cs}]/u.test(value), 'must hold valid Unicode without NUL');

export const pictureFormat = z.enum(PICTURE_FORMATS);

/** In a form everything comes as text. */
export const asJson = <T extends z.ZodType>(schema: T, example: string) =>
  z.preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: `must be JSON such as ${example}` });
      return z.NEVER;
    }
  }, schema);

export const eitherSentenceOrBrief = ({ sentence, brief }: { sentence?: unknown; brief?: unknown }): boolean =>
  (sentence === undefined) !== (brief === undefined);
export const EITHER = { path: ['sentence'], error: 'send either a sentence or a brief' };

/** An idea as it is stored: NFC, and nothing that no row can hold. */
const storableIdea = ideaSchema
  .transform((idea): Idea => JSON.parse(JSON.stringify(idea).normalize('NFC')) as Idea)
  .superRefine(({ texts }, context) => {
    for (const [slot, words] of Object.entries(texts) as [string, string][])
      if (/\p{Cs}|(?!\n)\p{Cc}/u.test(words))
        context.addIssue({
          code: 'custom',
          path: ['texts', slot],
          message: 'must hold valid text without control characters',
        });
  });

/** More than this is no advertisement any more. */
const LONGEST_SENTENCE = 1000;

export const sentenceField = z
  .string()
  .max(LONGEST_SENTENCE)
  .transform((value) => value.normalize('NFC').trim())
  .refine((value) => value !== '', 'must not be empty; say what the advertisement is about')
  .refine((value) => !/[\0\p{Cs}]/u.test(value), 'must hold valid Unicode without NUL');

export const briefField = asJson(briefSchema, '{"dish": "순대국밥", "price": "8,900원"}').refine(
  (brief) => Object.keys(brief).length > 0,
  'must hold at least one role that is not empty',
);

export const ideaField = asJson(storableIdea, '{"kind": "dish", "texts": {"headline": "순대국밥"}}');

export const ideasField = asJson(
  z.array(storableIdea).min(1).max(20),
  '[{"kind": "dish", "texts": {"headline": "순대국밥"}}]',
);

export const postField = asJson(postSchema, '{"text": "…", "hashtags": "#순대국밥 #전주"}');

/* Answers. */

export const briefNow = z.strictObject(
  Object.fromEntries(BRIEF_ROLES.map((role) => [role, text.optional()])) as Record<
    BriefRole,
    z.ZodOptional<z.ZodString>
  >,
);
export const leftovers = z
  .array(z.strictObject({ text, reason: text }))
  .describe('words of the sentence that no role took');
export const coverage = z
  .array(
    z.strictObject({
      role: z.enum(BRIEF_ROLES),
      pictures: z.array(z.int()).describe('on which pictures, 1 the first'),
      inPost: z.boolean(),
      reason: text.optional().describe('why it is nowhere'),
    }),
  )
  .describe('where each role is said');
export const warnings = z
  .array(
    z.strictObject({
      role: text.describe('the role, or the place on the picture'),
      words: text,
      code: text.describe('what is the matter; noGlyph for signs that no face has'),
      law: text.optional().describe('the article that restricts the words'),
    }),
  )
  .describe('what the owner should look at; nothing was changed');
export const postNow = z.strictObject({ text, hashtags: text });

/** What an advertisement says, all of it. */
export const words = {
  brief: briefNow,
  leftovers,
  ideas: z.array(ideaSchema).describe('what each picture leads with and says'),
  post: postNow,
  warnings,
  coverage,
};

const area = z
  .strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
  .describe('shares of the picture, 0 to 1');

export const elements = z
  .array(
    z.strictObject({
      slot: z.enum(TEXT_SLOTS),
      area: text,
      lines: z.array(text),
      box: area,
      badge: area.nullable(),
      fontSize: z.number(),
      fontName: text,
      colour: text,
      contrastRatio: z.number(),
    }),
  )
  .describe('what was drawn, place by place');
export const leftOut = z
  .array(z.strictObject({ slot: z.enum(TEXT_SLOTS), text, reason: text }))
  .describe('what the picture could not hold');
