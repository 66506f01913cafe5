import { Command, InvalidArgumentError, Option } from 'commander';
import { type ApiKey, createKey, listKeys, revokeKey, type Scope } from '../../auth/keys.js';
import type { Pool } from '../../db/pool.js';
import { t } from '../messages/index.js';
import { say } from '../say.js';
import { withTools } from '../system.js';
import { textTable } from '../text-table.js';
import { answer, tenantId, tool, type ToolOptions } from '../tool.js';
import { inTheirWords, operator } from './give.js';

const keyName = (text: string): string => {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u.test(text)) return text;
  throw new InvalidArgumentError(t.usage.keyName);
};

const minute = (moment: Date | null): string => moment?.toISOString().slice(0, 16).replace('T', ' ') ?? '';

const table = (keys: ApiKey[]): string =>
  textTable(
    t.keys.columns,
    keys.map((key) => [
      key.name,
      key.scope,
      key.tenantId ?? t.keys.allTenants,
      minute(key.createdAt),
      key.createdBy,
      minute(key.lastUsedAt),
      minute(key.revokedAt),
    ]),
  );

const isTenant = async (pool: Pool, tenant: string): Promise<boolean> =>
  (await pool.query('select from tenants where tenant_id = $1', [tenant])).rowCount !== 0;

const { commands, options } = t.orders;

export const keysCommand = (): Command =>
  new Command('keys')
    .description(commands.keys)
    .addCommand(
      tool('create', commands.createKey, [
        'keys create night-shift',
        'keys create night-shift --scope operate',
        'keys create mija --tenant mija_kitchen --scope operate',
      ])
        .argument('<name>', options.newKey, keyName)
        .addOption(new Option('--scope <scope>', options.scope).choices(['read', 'operate']).default('read'))
        .option('--tenant <id>', options.keyTenant, tenantId)
        .action(async (name: string, given: ToolOptions & { scope: Scope; tenant?: string }) => {
          const { scope, tenant = null } = given;
          const { key, secret, isKnown } = await inTheirWords(
            withTools(async ({ pool }) => ({
              ...(await createKey(pool, { name, scope, tenantId: tenant, actor: operator() })),
              isKnown: tenant === null || (await isTenant(pool, tenant)),
            })),
          );
          // A slip of the finger would be a key that opens nothing.
          if (tenant !== null && !isKnown) say(t.keys.newTenant(tenant));
          answer(given, { ...key, secret }, secret);
        }),
    )
    .addCommand(
      tool('list', commands.listKeys, ['keys list', 'keys list --json']).action(async (given: ToolOptions) => {
        const keys = await withTools(({ pool }) => listKeys(pool));
        answer(given, keys, () => (keys.length > 0 ? table(keys) : t.keys.none));
      }),
    )
    .addCommand(
      tool('revoke', commands.revokeKey, ['keys revoke night-shift'])
        .argument('<name>', options.key, keyName)
        .action(async (name: string, given: ToolOptions) => {
          const key = await inTheirWords(withTools(({ pool }) => revokeKey(pool, { name, actor: operator() })));
          answer(given, key, t.keys.revoked(key.name));
        }),
    );
