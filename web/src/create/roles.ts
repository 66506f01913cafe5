import type { BriefRole, TextSlot } from '../api/making-types.js';

/** In the order in which a shop thinks of them. */
export const ROLES = [
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
] as const satisfies readonly BriefRole[];

/** In reading order, as the picture shows them. */
export const SLOTS = [
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
] as const satisfies readonly TextSlot[];

/** Texts that may need more than a line. */
export const isLong = (role: BriefRole | TextSlot): boolean => role === 'line' || role === 'note';
