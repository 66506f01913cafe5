import type { Pool } from '../db/pool.js';
import { isLoopbackHost } from './caller.js';
import { hasKeys } from './keys.js';

/** The words of a refusal to listen where strangers can call; undefined when there is nothing against it. */
export async function refusalToListen(pool: Pool, host: string): Promise<string | undefined> {
  if (isLoopbackHost(host) || (await hasKeys(pool))) return undefined;
  return (
    `SERVER_HOST=${host} is no loopback address, and there is no API key: everybody could give orders. Make a key first ` +
    '("npm run cli -- keys create <name> --scope operate"), or listen on 127.0.0.1.'
  );
}
