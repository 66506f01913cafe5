import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A stage service that lives and never finishes a stage: the variants rest behind their pictures, and what would come
 * after them takes no core from what is measured.
 */
export async function listenInSilence(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    if (request.url === '/healthz') response.end('{}');
  });
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
