import type { Brief } from '../api/making-types.js';

/** The shop's name as it was written last; a brand that says it comes before (the server puts it in). */
const keyOf = (tenantId: string): string => `feedlyai_shop:${tenantId}`;

export function rememberShop(tenantId: string, shop: string | undefined): void {
  if (shop?.trim()) localStorage.setItem(keyOf(tenantId), shop.trim());
}

/** Nothing where nothing is written yet: a name alone is no advertisement. */
export function rememberedShop(tenantId: string, { sentence, roles }: { sentence: string; roles: Brief }): Brief {
  const shop = localStorage.getItem(keyOf(tenantId));
  return shop && (sentence.trim() !== '' || Object.keys(roles).length > 0) ? { shop } : {};
}
