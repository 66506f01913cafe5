import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A piece of network between a client and a server, which can fall silent or be cut. */
export interface TcpProxy {
  port: number;
  /** Swallows everything in both directions, and neither side is told. New connections are taken and stay silent. */
  fallSilent(): void;
  /** Ends every connection, and each new one at once. */
  cut(): void;
  /** Connections made from now on work again. What was swallowed is lost: those from before stay silent. */
  mend(): void;
  /** Resolves when so many connections have been asked for from now on. */
  whenAsked(times: number): Promise<void>;
  close(): Promise<void>;
}

/** Passes bytes between a port of its own on the loopback address and `target`. */
export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();
  let mode: 'passing' | 'silent' | 'cut' = 'passing';

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // A reset on one side is the other side's end.
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    for (const told of watchers) told();
    if (mode === 'cut') return void near.destroy();
    if (mode === 'silent') return void near.resume();
    const far = keep(connect(target));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      mode = 'silent';
      for (const socket of sockets) socket.unpipe().resume();
    },
    cut() {
      mode = 'cut';
      endAll();
    },
    mend() {
      mode = 'passing';
    },
    whenAsked: (times) =>
      new Promise((resolve) => {
        let left = times;
        const told = (): void => {
          if (--left > 0) return;
          watchers.delete(told);
          resolve();
        };
        watchers.add(told);
      }),
    async close() {
      const closed = once(server, 'close');
      server.close();
      endAll();
      await closed;
    },
  };
}
