import { describeTrouble } from '../../diagnosis/system-facts.js';
import type { Look } from '../check.js';

/** Host and name, never the password. */
const placeOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};

/** Is it there, and how quickly does it answer? */
export const lookAtDatabase: Look<'database'> = async ({ url, connect }) => {
  const at = placeOf(url);
  try {
    const session = await connect();
    try {
      const began = performance.now();
      const { rows } = await session.query<{ version: string }>(
        `select split_part(current_setting('server_version'), ' ', 1) as version`,
      );
      const milliseconds = performance.now() - began;
      return { measured: { at, version: rows[0]?.version ?? '', milliseconds }, findings: [] };
    } finally {
      await session.end();
    }
  } catch (error) {
    return { measured: null, findings: [{ code: 'database-down', at, trouble: describeTrouble(error) }] };
  }
};
