import { z } from 'zod';

/* What the routes of brands answer, as it travels. */

const maybe = z.string().nullable();

const readable = {
  colour: z.string().describe('RRGGBB'),
  contrast: z.number().describe('WCAG 2.1; 4.5 or more'),
  shift: z.number().describe('by how much its lightness (HSL) was changed, -1 to 1; 0 for as it was chosen'),
};
const colourInUse = z
  .strictObject({
    text: z.strictObject(readable).describe('as text on white'),
    ground: z.strictObject({ ...readable, ink: z.string().describe('RRGGBB') }).describe('as a ground for text'),
  })
  .nullable();

const brand = {
  tenantId: z.string(),
  name: maybe,
  logoUrl: maybe,
  colour: maybe,
  secondColour: maybe,
  handle: maybe,
  phone: maybe,
  address: maybe,
  hours: maybe,
  face: maybe,
};

export const shownBrand = z.strictObject({
  ...brand,
  inUse: z
    .strictObject({ colour: colourInUse, secondColour: colourInUse })
    .describe('how the colours look where they meet text'),
});

export const brandPage = z.strictObject({
  items: z.array(shownBrand),
  next: maybe.describe('the cursor of the following page'),
});

export const brandAnswer = z.strictObject({
  outcome: z.enum(['done', 'refused']),
  says: z.string().describe('for people: what happened, or why not'),
  tenantId: z.string(),
  before: z.strictObject(brand).nullable(),
  observed: z.strictObject(brand).nullable(),
});
