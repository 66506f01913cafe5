import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface DatabaseProxy {
  /** The database's URL by way of the proxy. */
  url: string;
  /** Ends the connections of this application name and lets no new ones through. */
  cut(application: string): void;
  /** Lets everything through again. */
  mend(): void;
  close(): Promise<void>;
}

/** A way to PostgreSQL that can be cut for one kind of connection: its name stands in the first packet, in plain text. */
export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const open = new Map<Socket, string>();
  let refused: string | null = null;
  const server = createServer((near) => {
    near.on('error', () => {});
    near.once('data', (first) => {
      const packet = first.toString('latin1');
      if (refused && packet.includes(refused)) return near.destroy();
      const far = connect(Number(target.port), target.hostname);
      far.on('error', () => near.destroy());
      far.on('close', () => near.destroy());
      near.on('close', () => {
        open.delete(near);
        far.destroy();
      });
      open.set(near, packet);
      far.write(first);
      near.pipe(far).pipe(near);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.toString(),
    cut(application) {
      refused = application;
      for (const [socket, packet] of open) if (packet.includes(application)) socket.destroy();
    },
    mend() {
      refused = null;
    },
    async close() {
      for (const socket of open.keys()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
