import type { Outcome } from '../../admin/orders.js';
import type { ItemOutcome } from '../../admin/retry-job.js';

/** The words of operators' orders. */
export const orders = {
  commands: {
    variants: 'orders about one variant',
    retryVariant: 'send a variant back to work: from the stage it failed at, or from an earlier one',
    cancelVariant: 'end the work on a variant; what it has already written stays',
    retryJob: 'send all failed variants of a job back to work',
    retryFailed: 'send the failed variants that fit a filter back to work, with an outcome for each',
    rerun: 'do the job’s own stages again; readers take the newest feed',
    cancelJob: 'end all work on a job; what is done stays done',
    delete: 'remove a job: its rows in every table, its files, its runs',
    intake: 'hold new work and let it go again; what was begun goes on',
    pause: 'hold new work',
    resume: 'let go what was held',
    redeliver: 'give a dead letter another round of attempts',
    keys: 'API keys of the server: with the first one, everybody has to show one',
    createKey: 'make a key; it is shown this once',
    listKeys: 'all keys, without their secrets',
    revokeKey: 'make a key useless, and sign out the browsers that use it',
  },
  options: {
    note: 'why, for the audit',
    idempotencyKey: 'given again with the same key, the order is answered again, not carried out again',
    from: 'the stage to begin from',
    headline: 'another headline, from this retry on',
    hint: 'where the dish is on the photo: x,y or x,y,width,height as shares of it',
    tone: 'another tone style, by id, code or name; makes another picture',
    ofTenant: 'of this tenant',
    failedAt: 'that failed at this step',
    reason: 'whose reason holds these words',
    olderThan: 'that failed longer ago than this',
    newerThan: 'that failed more recently than this',
    most: 'at most so many',
    deleteDryRun: 'count what would be removed, and remove nothing',
    force: 'cancel it first if it is at work',
    pauseTenant: 'one tenant’s only; without it everybody’s',
    resumeTenant: 'one tenant’s only; without it the pause for everybody ends',
    outboxId: 'its number, as doctor, the dashboard and /api/admin/intake show it',
    newKey: 'who will use it',
    scope: 'what it opens',
    keyTenant: 'belongs to this tenant and opens nothing of any other; without it to all of them',
    key: 'its name',
  },
  /** A sentence of an operation, in the reader's language. */
  says: (says: string): string => says,
  outcome: ({ outcome, says }: Outcome): string => `${outcome}: ${says}`,
  item: ({ variantId, outcome, says }: ItemOutcome): string => `  variant ${variantId}: ${outcome}: ${says}`,
};

export const keys = {
  columns: ['name', 'scope', 'tenant', 'made (UTC)', 'by', 'last used', 'revoked'],
  none: 'There are no keys.',
  allTenants: 'all',
  newTenant: (tenant: string): string =>
    `Nothing was made for the tenant ${tenant} yet. If that is a slip, revoke the key and make another.`,
  revoked: (name: string): string => `revoked ${name}`,
};
