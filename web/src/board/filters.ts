import type { JobQuery } from '../api/client.js';

export const TABS = ['attention', 'moving', 'ready', 'all'] as const;
export type Tab = (typeof TABS)[number];

/** What the address bar says: a filtered board can be sent to a colleague. */
export interface Filters {
  tab: Tab;
  tenantId: string;
  stage: string;
  since: string;
}

export const readFilters = (query: URLSearchParams): Filters => ({
  tab: TABS.find((tab) => tab === query.get('tab')) ?? 'attention',
  tenantId: query.get('shop') ?? '',
  stage: query.get('stage') ?? '',
  since: query.get('since') ?? '',
});

export function addressOf({ tab, tenantId, stage, since }: Filters): string {
  const given = Object.entries({ tab: tab === 'attention' ? '' : tab, shop: tenantId, stage, since });
  const query = new URLSearchParams(given.filter(([, value]) => value !== ''));
  return query.size > 0 ? `/?${query}` : '/';
}

export const hasFilters = ({ tenantId, stage, since }: Filters): boolean => Boolean(tenantId || stage || since);

export const queryOf = ({ tab, tenantId, stage, since }: Filters): JobQuery => ({
  tenantId,
  newerThan: since,
  stage: tab === 'ready' ? 'instagram_feed_gen' : stage,
  ...(tab === 'attention' && { needsAttention: 'true' }),
  ...(tab === 'ready' && { status: 'done' }),
  ...(tab === 'moving' && { underWay: 'true' }),
});
