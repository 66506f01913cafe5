import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { removeLogo, setBrand, setLogo } from '../../admin/brands.js';
import { listBrands, type ShownBrand, showBrand } from '../../admin/read/brands.js';
import { BadOrder } from '../../admin/trouble.js';
import { Reach } from '../../auth/reach.js';
import { type Brand, BRAND_FACES } from '../../brands/brand.js';
import { brandSchema, type BrandWords } from '../../brands/brand-schema.js';
import { UserError } from '../../stack/user-error.js';
import { t } from '../messages/index.js';
import { withTools } from '../system.js';
import { textTable } from '../text-table.js';
import { answer, tenantId, tool, type ToolOptions, wholeNumber } from '../tool.js';
import { order } from './arguments.js';
import { give, inTheirWords, type OrderOptions } from './give.js';

type Given = { [Field in keyof BrandWords]?: string };

/** What was typed, as the brand keeps it. @throws BadOrder that names each field. */
function wordsOf(given: Given): BrandWords {
  const { name, colour, secondColour, handle, phone, address, hours, face } = given;
  const typed = { name, colour, secondColour, handle, phone, address, hours, face: face === '' ? null : face };
  const parsed = brandSchema.safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new BadOrder(parsed.error.issues.map(({ message }) => message).join('; '));
}

const FIELDS = ['name', 'logoUrl', 'colour', 'secondColour', 'handle', 'phone', 'address', 'hours', 'face'] as const;

const lines = (brand: Brand | null): string[] =>
  brand ? FIELDS.map((field) => `  ${t.brands.fields[field]}: ${brand[field] ?? t.brands.nothing}`) : [];

const shown = ({ inUse, ...brand }: ShownBrand): string =>
  [
    brand.tenantId,
    ...lines(brand),
    ...(['colour', 'secondColour'] as const).flatMap((field) => {
      const use = inUse[field];
      return use ? [`  ${t.brands.inUse(t.brands.fields[field], use)}`] : [];
    }),
  ].join('\n');

const logoFile = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(t.brands.noFile(file, error.code ?? error.message));
  });

const { commands, options } = t.brands;

export const brandsCommand = (): Command =>
  new Command('brands')
    .description(commands.brands)
    .addCommand(
      tool('list', commands.list, ['brands list', 'brands list --json'])
        .option('--limit <number>', options.limit, wholeNumber(1, 10_000), 1_000)
        .action(async (given: ToolOptions & { limit: number }) => {
          const { items } = await withTools(({ pool }) => listBrands(pool, Reach.everybody, given));
          const cells = items.map((brand) => [brand.tenantId, brand.name, brand.colour, brand.handle, brand.phone]);
          answer(given, items, () =>
            items.length > 0
              ? textTable(
                  t.brands.columns,
                  cells.map((row) => row.map((cell) => cell ?? '')),
                )
              : t.brands.none,
          );
        }),
    )
    .addCommand(
      tool('show', commands.show, ['brands show mija_kitchen'])
        .argument('<tenant-id>', options.tenant, tenantId)
        .action(async (tenant: string, given: ToolOptions) => {
          const brand = await inTheirWords(withTools(({ pool }) => showBrand(pool, tenant)));
          answer(given, brand, () => shown(brand));
        }),
    )
    .addCommand(
      order('set', commands.set, [
        'brands set mija_kitchen --name "미자네 국밥" --colour d4380d --handle @mija.gukbap',
        'brands set mija_kitchen --phone ""',
      ])
        .argument('<tenant-id>', options.tenant, tenantId)
        .option('--name <text>', options.name)
        .option('--colour <rrggbb>', options.colour)
        .option('--second-colour <rrggbb>', options.secondColour)
        .option('--handle <@name>', options.handle)
        .option('--phone <number>', options.phone)
        .option('--address <text>', options.address)
        .option('--hours <text>', options.hours)
        .addOption(new Option('--face <face>', options.face).choices([...BRAND_FACES, '']))
        .action((tenant: string, given: OrderOptions & Given) =>
          give(
            given,
            async ({ pool }, order) => setBrand(pool, { tenantId: tenant, change: wordsOf(given) }, order),
            ({ observed }) => lines(observed),
          ),
        ),
    )
    .addCommand(
      order('logo', commands.logo, ['brands logo mija_kitchen logo.png', 'brands logo mija_kitchen --remove'])
        .argument('<tenant-id>', options.tenant, tenantId)
        .argument('[file]', options.logo)
        .option('--remove', options.remove)
        .action((tenant: string, file: string | undefined, given: OrderOptions & { remove?: boolean }) =>
          give(
            given,
            async (tools, order) => {
              if ((file === undefined) !== (given.remove ?? false)) throw new UserError(t.brands.fileOrRemove);
              if (file === undefined) return removeLogo(tools.pool, { tenantId: tenant }, order);
              return setLogo(tools, { tenantId: tenant, logo: await logoFile(file) }, order);
            },
            ({ observed }) => lines(observed),
          ),
        ),
    );
