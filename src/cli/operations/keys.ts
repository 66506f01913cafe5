import os from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ApiKey, createKey, KeyTrouble, listKeys, revokeKey, type Scope } from '../../auth/keys.js';
import { UserError } from '../../stack/user-error.js';
import { textTable } from '../text-table.js';
import { withTools } from './system.js';

const keyName = (text: string): string => {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u.test(text)) return text;
  throw new InvalidArgumentError('It may hold letters, digits, spaces, ".", "_" and "-", at most 63.');
};

const actor = (): string => `cli:${os.userInfo().username}`;

const withWords = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof KeyTrouble ? new UserError(error.message) : error;
  });

const day = (moment: Date | null): string => moment?.toISOString().slice(0, 16).replace('T', ' ') ?? '';

const table = (keys: ApiKey[]): string =>
  textTable(
    ['name', 'scope', 'made', 'by', 'last used', 'revoked'],
    keys.map((key) => [
      key.name,
      key.scope,
      day(key.createdAt),
      key.createdBy,
      day(key.lastUsedAt),
      day(key.revokedAt),
    ]),
  );

export const keysCommand = (): Command =>
  new Command('keys')
    .description('API keys of the server: with the first one, everybody has to show one')
    .addCommand(
      new Command('create')
        .description('make a key; it is shown this once')
        .argument('<name>', 'who will use it', keyName)
        .addOption(new Option('--scope <scope>', 'what it opens').choices(['read', 'operate']).default('read'))
        .option('--json', 'as one line of JSON')
        .action(async (name: string, { scope, json }: { scope: Scope; json?: boolean }) => {
          const { key, secret } = await withWords(
            withTools(({ pool }) => createKey(pool, { name, scope, actor: actor() })),
          );
          console.log(json ? JSON.stringify({ ...key, secret }) : secret);
        }),
    )
    .addCommand(
      new Command('list')
        .description('all keys, without their secrets')
        .option('--json', 'as one line of JSON')
        .action(async ({ json }: { json?: boolean }) => {
          const keys = await withTools(({ pool }) => listKeys(pool));
          console.log(json ? JSON.stringify(keys) : table(keys));
        }),
    )
    .addCommand(
      new Command('revoke')
        .description('make a key useless, and sign out the browsers that use it')
        .argument('<name>', 'its name', keyName)
        .option('--json', 'as one line of JSON')
        .action(async (name: string, { json }: { json?: boolean }) => {
          const key = await withWords(withTools(({ pool }) => revokeKey(pool, { name, actor: actor() })));
          console.log(json ? JSON.stringify(key) : `revoked ${key.name}`);
        }),
    );
