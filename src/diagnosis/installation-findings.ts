import type { SchemaFinding } from '../db/schema-check.js';

/** What is wrong with what the road is built on, whatever the variant. */
export type InstallationFinding =
  | { code: 'configuration-unusable'; lines: string[] }
  | { code: 'nothing-runs'; dataDir: string }
  | { code: 'database-down'; at: string; trouble: string }
  /** Sessions are not kept: what one says in a session may be heard by another, and LISTEN by nobody. */
  | { code: 'database-pooled' }
  | { code: 'notify-lost'; seconds: number }
  | { code: 'time-zone'; found: string }
  | { code: 'old-snapshot'; pid: number | null; holder: string; seconds: number; transactions: number }
  /** Share 0..1 of the space that PostgreSQL has for notifications nobody has fetched. */
  | { code: 'notification-queue'; share: number }
  | { code: 'migrations-pending'; names: string[] }
  | { code: 'schema-differs'; what: string; difference: SchemaFinding }
  | { code: 'foreign-listener'; pid: number; who: string; channel: string }
  /** The same, where the original performs the stages: everything would be done twice. */
  | { code: 'doubling-listener'; pid: number; who: string; channel: string }
  | { code: 'namespace-missing'; namespace: string }
  | { code: 'retention-short'; namespace: string; hours: number }
  | { code: 'search-attributes-missing'; namespace: string; names: string[] }
  | { code: 'fonts-missing'; trouble: string }
  | { code: 'language-data-missing'; trouble: string }
  | { code: 'folder-not-writable'; folder: string; trouble: string }
  | { code: 'disk-full'; folder: string; freeBytes: number }
  | { code: 'disk-low'; folder: string; freeBytes: number }
  /** Seconds by which this machine's clock is ahead of the database's. */
  | { code: 'clock-skew'; seconds: number }
  | { code: 'dead-letters'; count: number; outboxIds: string[]; error: string | null }
  | { code: 'outbox-stuck'; waiting: number; seconds: number; error: string | null }
  | { code: 'rows-without-run'; count: number; examples: string[] }
  | { code: 'runs-without-row'; count: number; examples: string[] }
  /** The look itself failed, and nobody knows. */
  | { code: 'check-failed'; check: string; trouble: string }
  | { code: 'check-hung'; check: string; seconds: number };
