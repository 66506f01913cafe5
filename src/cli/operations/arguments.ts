import { type Command, InvalidArgumentError } from 'commander';
import { durationMs } from '../../config/duration.js';
import type { SubjectHint } from '../../generation/provider.js';
import { checkHint } from '../../generation/subject-hint.js';
import { t } from '../messages/index.js';
import { tool } from '../tool.js';

/** A command that gives an order: a tool that also takes what the audit and repetition need. */
export const order = (name: string, summary: string, examples: string[]): Command =>
  tool(name, summary, examples)
    .option('--note <text>', t.orders.options.note)
    .option('--idempotency-key <key>', t.orders.options.idempotencyKey);

/** `10m`, `24h`: to milliseconds. */
export const age = (text: string): number => {
  const milliseconds = durationMs(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError(t.usage.age);
};

export const outboxId = (text: string): string => {
  if (/^\d{1,18}$/.test(text)) return text;
  throw new InvalidArgumentError(t.usage.number);
};

/** `0.5,0.6` or `0.3,0.4,0.4,0.3`. */
export const place = (text: string): SubjectHint => {
  const [x, y, width, height, ...more] = text.split(',').map(Number) as [number, number, number?, number?];
  const hint = width === undefined || height === undefined ? { x, y } : { x, y, width, height };
  try {
    if (more.length > 0 || (width !== undefined && height === undefined)) throw new TypeError('two or four numbers');
    checkHint(hint);
    return hint;
  } catch {
    throw new InvalidArgumentError(t.usage.place);
  }
};
