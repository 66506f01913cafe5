import { z } from 'zod';

/**
 * What a shop can say in an advertisement, by role. The owner's words stay hers: they are trimmed and NFC, never
 * reworded. `price` and `priceWas` hold the price as written (`8,900원`).
 */
export const BRIEF_ROLES = [
  'dish',
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
export type BriefRole = (typeof BRIEF_ROLES)[number];

/** Most characters of a role; what is longer is refused with the role's name, never cut. */
export const ROLE_LENGTHS: Record<BriefRole, number> = {
  dish: 40,
  line: 300,
  price: 60,
  priceWas: 60,
  offer: 80,
  period: 80,
  note: 200,
  callToAction: 60,
  shop: 60,
  handle: 31,
  place: 60,
};

export type Brief = Partial<Record<BriefRole, string>>;

/** Control characters and lone surrogates cannot be drawn or stored. */
const UNUSABLE = /\p{Cs}|(?![\t\n\r])\p{Cc}/u;

const roleText = (role: BriefRole) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => !UNUSABLE.test(text), `${role}: must hold valid text without control characters`)
    .refine(
      (text) => [...text].length <= ROLE_LENGTHS[role],
      `${role}: must hold at most ${ROLE_LENGTHS[role]} characters`,
    );

/** Roles that are empty or absent are left out of the result. */
export const briefSchema = z
  .strictObject(
    Object.fromEntries(BRIEF_ROLES.map((role) => [role, roleText(role).optional()])) as Record<
      BriefRole,
      z.ZodOptional<ReturnType<typeof roleText>>
    >,
  )
  .transform(
    (roles): Brief => Object.fromEntries(Object.entries(roles).filter(([, text]) => text !== undefined && text !== '')),
  );
