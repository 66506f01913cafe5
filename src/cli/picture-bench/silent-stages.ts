import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SilentStages {
  url: string;
  /** Refuses every call that waits and every one to come, until told to be silent again. */
  refuse(): void;
  beSilent(): void;
  close(): void;
}

/**
 * A stage service that lives and finishes no stage: the variants rest behind their pictures, and what would come after
 * them takes no core from what is measured. Refused once the measuring is over, they end, and leave the worker as empty
 * as it was.
 */
export async function listenInSilence(): Promise<SilentStages> {
  const waiting = new Set<ServerResponse>();
  let refusing = false;
  const refuse = (response: ServerResponse): void => void response.writeHead(422).end('{"detail":"only pictures"}');
  const server = createServer((request, response) => {
    if (request.url === '/healthz') return void response.end('{}');
    if (refusing) return refuse(response);
    waiting.add(response);
    response.once('close', () => waiting.delete(response));
  });
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    refuse() {
      refusing = true;
      for (const response of waiting) refuse(response);
    },
    beSilent: () => void (refusing = false),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
