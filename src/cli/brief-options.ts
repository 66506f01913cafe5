import { type Command, InvalidArgumentError } from 'commander';
import type { ZodError } from 'zod';
import { BRIEF_ROLES, type Brief, type BriefRole, briefSchema } from '../brief/brief.js';
import { type Idea, ideaSchema } from '../brief/idea.js';
import { UserError } from '../stack/user-error.js';
import { t } from './messages/index.js';
import { words } from './tool.js';

export type BriefOptions = { sentence?: string } & Partial<Record<BriefRole, string>>;

/** `priceWas` is typed as `--price-was`. */
const flagOf = (role: BriefRole): string => role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The options by which a shop's words are given: a sentence, or roles. */
export function withBriefOptions(command: Command, sentence: string): Command {
  command.option('--sentence <text>', sentence, words);
  for (const role of BRIEF_ROLES) command.option(`--${flagOf(role)} <text>`, t.words.options.roles[role], words);
  return command;
}

/** Undefined when neither was given. @throws UserError that names each role that cannot be taken. */
export function briefOf(given: BriefOptions): { sentence?: string; brief?: Brief } | undefined {
  const roles = Object.fromEntries(
    BRIEF_ROLES.flatMap((role) => (given[role] === undefined ? [] : [[role, given[role]]])),
  );
  const hasRoles = Object.keys(roles).length > 0;
  if (given.sentence !== undefined && hasRoles) throw new UserError(t.words.eitherOr);
  if (given.sentence !== undefined) return { sentence: given.sentence };
  if (!hasRoles) return undefined;
  const parsed = briefSchema.safeParse(roles);
  if (parsed.success) return { brief: parsed.data };
  throw new UserError(complaints(parsed.error, (role) => `--${flagOf(role as BriefRole)}`));
}

const complaints = ({ issues }: ZodError, nameOf: (role: string) => string): string =>
  issues
    .map(({ path, message }) => `${path.length > 0 ? `${nameOf(String(path[0]))}: ` : ''}${t.words.refusal(message)}`)
    .join('\n');

/** Roles as JSON. */
export const briefIn = (text: string): Brief => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError(t.words.badBrief);
  }
  const parsed = briefSchema.safeParse(value);
  if (parsed.success && Object.keys(parsed.data).length > 0) return parsed.data;
  throw new InvalidArgumentError(parsed.success ? t.words.badBrief : complaints(parsed.error, (role) => role));
};

export const ideaIn = (text: string): Idea => {
  try {
    return ideaSchema.parse(JSON.parse(text.normalize('NFC')));
  } catch {
    throw new InvalidArgumentError(t.words.badIdea);
  }
};
