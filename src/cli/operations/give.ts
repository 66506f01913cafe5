import os from 'node:os';
import type { DeletionTools } from '../../admin/delete-job.js';
import type { Order, Outcome } from '../../admin/orders.js';
import { BadOrder, KeyReused, NotFound } from '../../admin/trouble.js';
import { KeyTrouble } from '../../auth/keys.js';
import { UnreadableImageError } from '../../imaging/picture.js';
import { UserError } from '../../stack/user-error.js';
import { EXIT } from '../exit-codes.js';
import { t } from '../messages/index.js';
import { withTools } from '../system.js';
import { answer as print, type ToolOptions } from '../tool.js';

export interface OrderOptions extends ToolOptions {
  note?: string;
  idempotencyKey?: string;
}

/** Whoever sits at the keyboard, for the audit. */
export const operator = (): string => `cli:${os.userInfo().username}`;

const orderOf = ({ note, idempotencyKey }: OrderOptions): Order => ({
  actor: operator(),
  ...(note !== undefined && { note }),
  ...(idempotencyKey !== undefined && { idempotencyKey }),
});

/** What an operation refuses to understand is for the person at the keyboard, in their language. */
export const inTheirWords = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    const isTheirs = [NotFound, BadOrder, KeyReused, KeyTrouble, UnreadableImageError].some(
      (kind) => error instanceof kind,
    );
    throw isTheirs ? new UserError(t.orders.says((error as Error).message)) : error;
  });

/**
 * Gives an order and prints what it came to: a line for people, or the whole answer as JSON. A refusal ends with exit
 * code 1, like anything that went wrong.
 */
export async function give<A extends Outcome>(
  options: OrderOptions,
  act: (tools: DeletionTools, order: Order) => Promise<A>,
  details: (answer: A) => string[] = () => [],
): Promise<void> {
  const answer = await inTheirWords(withTools((tools) => act(tools, orderOf(options))));
  print(options, answer, () => [t.orders.outcome(answer), ...details(answer)].join('\n'));
  process.exitCode = answer.outcome === 'refused' ? EXIT.no : EXIT.fine;
}
