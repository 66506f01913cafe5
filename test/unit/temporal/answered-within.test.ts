import { once } from 'node:events';
import { createSecureServer, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Channel, connectivityState, credentials } from '@grpc/grpc-js';
import { afterEach, expect, it } from 'vitest';
import { AnsweredWithin } from '../../../src/temporal/answered-within.js';
import { certificate } from '../../support/certificate.js';

const WITHIN_MS = 250;
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** How often it is asked for a connection, and how many of those are over. */
async function watch(server: Server): Promise<{ address: string; asked: number; ended: number }> {
  const sockets = new Set<Socket>();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const seen = { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked: 0, ended: 0 };
  server.on('connection', (socket) => {
    seen.asked++;
    sockets.add(socket.on('error', () => undefined).on('close', () => seen.ended++));
  });
  opened.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return seen;
}

function connect(address: string, given = credentials.createInsecure()): Channel {
  const channel = new Channel(address, new AnsweredWithin(WITHIN_MS, given), {
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 100,
    'grpc.ssl_target_name_override': certificate.name,
  });
  opened.push(() => channel.close());
  channel.getConnectivityState(true);
  return channel;
}
const tls = () => credentials.createSsl(Buffer.from(certificate.cert));

it.each([
  ['says nothing', () => createServer((socket) => socket.resume()), credentials.createInsecure],
  ['does not greet either', () => createServer((socket) => socket.resume()), tls],
  [
    'greets and has nobody behind',
    () => createTlsServer({ ...certificate, ALPNProtocols: ['h2'] }, (socket) => void socket.resume()),
    tls,
  ],
])('a connection is ended and asked for again when the other side %s', async (_, open, given) => {
  const server = await watch(open());
  connect(server.address, given());
  await expect.poll(() => server.asked, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
  expect(server.ended).toBeGreaterThanOrEqual(2);
});

it.each([
  ['plain', createHttp2Server, credentials.createInsecure],
  ['by TLS', () => createSecureServer({ ...certificate }), tls],
])('one that was answered stays, however quiet it is: %s', async (_, open, given) => {
  const server = await watch(open() as Server);
  const silent = await watch(createServer((socket) => socket.resume()));
  const channel = connect(server.address, given());
  await expect.poll(() => channel.getConnectivityState(false), { timeout: 20_000 }).toBe(connectivityState.READY);
  // Others, made later, have come to their end meanwhile.
  connect(silent.address);
  await expect.poll(() => silent.ended, { timeout: 20_000 }).toBe(2);
  expect(channel.getConnectivityState(false)).toBe(connectivityState.READY);
  expect(server).toMatchObject({ asked: 1, ended: 0 });
});
