import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { request } from 'undici';

const DEADLINE_MS = 2_000;

export interface MetricsServer {
  /** Where the page is. */
  url: string;
  close(): Promise<void>;
}

/**
 * The page of a process that has no other HTTP: its own metrics, and below them those of the Temporal SDK, which the
 * SDK serves on an address of its own. One page, so that one target tells everything about one worker.
 * @throws the listen error when the port is taken.
 */
export async function serveMetrics(settings: {
  registry: Registry;
  host: string;
  port: number;
  /** host:port of the SDK's own page. */
  sdkAddress: string;
}): Promise<MetricsServer> {
  const { registry, sdkAddress } = settings;
  const server = createServer((incoming, answer) => {
    if (incoming.method !== 'GET' || incoming.url !== '/metrics') return void answer.writeHead(404).end();
    void Promise.all([registry.metrics(), pageOfSdk(sdkAddress)]).then(
      (pages) => answer.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(pages.join('\n')),
      () => answer.writeHead(500).end(),
    );
  });
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host}:${port}/metrics`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Empty while the SDK does not answer: half a page says more than none. */
async function pageOfSdk(address: string): Promise<string> {
  try {
    const { body } = await request(`http://${address}/metrics`, {
      headersTimeout: DEADLINE_MS,
      bodyTimeout: DEADLINE_MS,
    });
    return await body.text();
  } catch {
    return '';
  }
}
