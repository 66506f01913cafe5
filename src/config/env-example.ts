import type { z } from 'zod';
import { Environment } from './environment.js';

export interface Variable {
  name: string;
  /** As it would be written in the environment; null where there is none. */
  fallback: string | null;
  /** The only words allowed, where that is so. */
  words: string[] | null;
}

/** Variables that must be set where nothing is embedded, with why. */
const SECRETS = `# What docker-compose.yml cannot go without: two passwords of its databases, and the key that callers of the stage
# service show. Make each with: openssl rand -hex 24
DB_PASSWORD=
TEMPORAL_DB_PASSWORD=
YH_API_KEY=
`;
/** Named by the compose file itself. */
const NAMED_ABOVE = ['DB_PASSWORD', 'YH_API_KEY'];

/** Every variable the system reads, from the schema that reads them. */
export const variables = (): Variable[] =>
  Object.entries(Environment.shape).map(([name, schema]) => ({ name, ...describeSchema(schema as z.core.$ZodType) }));

/** Unwraps what a schema is built of until its default and its words are found. */
function describeSchema(schema: z.core.$ZodType): Pick<Variable, 'fallback' | 'words'> {
  let fallback: string | null = null;
  for (let inner: z.core.$ZodType | undefined = schema; inner; ) {
    const def = inner._zod.def as z.core.$ZodTypeDef & {
      defaultValue?: unknown;
      innerType?: z.core.$ZodType;
      in?: z.core.$ZodType;
      entries?: Record<string, string>;
    };
    if (def.type === 'default') fallback ??= String(def.defaultValue);
    if (def.entries) return { fallback, words: Object.values(def.entries) };
    inner = def.innerType ?? def.in;
  }
  return { fallback, words: null };
}

/** What people read about a variable: the comments of the schema's own source, by the line they stand above. */
function commentsIn(source: string): Map<string, string[]> {
  const comments = new Map<string, string[]>();
  let above: string[] = [];
  for (const line of source.split('\n').map((text) => text.trim())) {
    const comment = /^(?:\/\/|\/?\*\*?\/?)\s*(.*?)\s*(?:\*\/)?$/.exec(line);
    const name = /^([A-Z][A-Z0-9_]+):/.exec(line)?.[1];
    if (comment) above = comment[1] ? [...above, comment[1]] : above;
    else if (name) {
      comments.set(name, above);
      above = [];
    } else if (line === '') above = [];
  }
  return comments;
}

/** The text of `.env.example`: every variable with its comment and its default, all of them switched off. */
export function envExample(source: string): string {
  const comments = commentsIn(source);
  const lines = variables()
    .filter(({ name }) => !NAMED_ABOVE.includes(name))
    .flatMap(({ name, fallback, words }) => {
      const above = comments.get(name) ?? [];
      return [
        ...(above.length > 0 ? ['', ...above.map((text) => `# ${text}`)] : []),
        `#${name}=${fallback ?? ''}${words ? `  # ${words.join(', ')}` : ''}`,
      ];
    });
  return `# Made from src/config/environment.ts by "npm run env-example". Copy it to .env, which Compose reads by itself.
# A line that begins with # is switched off, and shows the default.

${SECRETS}${lines.join('\n')}
`;
}
