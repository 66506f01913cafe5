import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePort, freePort, isPortFree, preferPort } from '../../../src/stack/ports.js';

let server: Server;
let taken: number;

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  taken = (server.address() as AddressInfo).port;
});
afterEach(() => void server.close());

test('a port somebody listens on is not free', async () => {
  expect(await isPortFree(taken)).toBe(false);
  expect(await isPortFree(await freePort())).toBe(true);
});

test('a default that is taken is replaced by a free port', async () => {
  const port = await choosePort({ variable: 'PORT', host: '127.0.0.1', port: taken, given: false });
  expect(port).not.toBe(taken);
  expect(await isPortFree(port)).toBe(true);
});

test('a port the user asked for is an error that names the variable, the port and what to do', async () => {
  await expect(choosePort({ variable: 'SERVER_PORT', host: '127.0.0.1', port: taken, given: true })).rejects.toThrow(
    new RegExp(`^Port ${taken} \\(SERVER_PORT\\) is already in use: .*set SERVER_PORT to another`),
  );
});

test('the port used before is kept while it is free and not promised to another', async () => {
  const before = await freePort();
  expect(await preferPort(before)).toBe(before);
  expect(await preferPort(before, new Set([before]))).not.toBe(before);
  expect(await preferPort(taken)).not.toBe(taken);
});
