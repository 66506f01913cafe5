import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Claim } from '../../../activities/claims.js';
import { Away, Busy } from '../../../activities/failures.js';
import { createStageClient } from '../../../src/stage-api/stage-client.js';

const claim: Claim = {
  unitId: '00000000-0000-4000-8000-000000000001',
  jobId: '00000000-0000-4000-8000-000000000002',
  generation: 1,
  stage: 'vlm_analyze',
  token: '00000000-0000-4000-8000-000000000003',
  openedAt: new Date(),
  inputs: {},
  tenantId: 'test',
  failures: 0,
  outageMs: 0,
};

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** What a call meets at a service that behaves so. */
async function callOf(service: RequestListener, timeout: number): Promise<unknown> {
  const server = createServer(service).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = createStageClient({ baseUrl: `http://127.0.0.1:${port}`, timeout, connections: 2 });
  stop = () => {
    server.closeAllConnections();
    server.close();
    void client.close();
  };
  return client.perform(claim, new AbortController().signal).then(
    () => 'done',
    (error: unknown) => error,
  );
}

describe('a stage call', () => {
  it('to a service that answers nothing at all is an outage, long before the timeout', async () => {
    const error = await callOf(() => {}, 60_000);
    expect(error).toBeInstanceOf(Away);
    expect(error).toMatchObject({ message: expect.stringMatching(/no sign of life/) });
  });

  it('that alone gets no answer has failed', async () => {
    const error = await callOf((request, response) => {
      if (request.url === '/healthz') response.end('{}');
    }, 2_000);
    expect(error).not.toBeInstanceOf(Away);
    expect(error).toMatchObject({ message: 'no answer within 2 s' });
  });

  it('whose answer is cut off in the middle is an outage', async () => {
    const error = await callOf((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":');
      setImmediate(() => response.destroy());
    }, 60_000);
    expect(error).toBeInstanceOf(Away);
  });

  it('that somebody else performs is asked for again when that one says', async () => {
    const error = await callOf((_, response) => {
      response.writeHead(409, { 'retry-after': '3' }).end('{"detail":"busy"}');
    }, 60_000);
    expect(error).toBeInstanceOf(Busy);
    expect(error).toMatchObject({ retryAfterMs: 3_000 });
  });
});
