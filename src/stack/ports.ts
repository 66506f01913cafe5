import { createServer } from 'node:net';
import { UserError } from './user-error.js';

const LOOPBACK = '127.0.0.1';

/** Listens for a moment; port 0 lets the system choose. Null when the port is taken. */
const tryPort = (port: number, host: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

export const isPortFree = async (port: number, host = LOOPBACK): Promise<boolean> =>
  (await tryPort(port, host)) !== null;

/** A port nobody listens on now, and none of `except`. */
export async function freePort(except: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    const port = await tryPort(0, LOOPBACK);
    if (port !== null && !except.has(port)) return port;
  }
}

/** The preferred port when it is free, otherwise any other. */
export const preferPort = async (preferred: number | undefined, except?: ReadonlySet<number>): Promise<number> =>
  preferred !== undefined && !except?.has(preferred) && (await isPortFree(preferred)) ? preferred : freePort(except);

export interface PortWish {
  /** The environment variable that sets it. */
  variable: string;
  host: string;
  port: number;
  /** Set by the user: then another port would be a surprise, and a taken one is an error. */
  given: boolean;
}

/** @throws UserError when the user asked for this very port and it is taken. */
export async function choosePort({ variable, host, port, given }: PortWish): Promise<number> {
  if (await isPortFree(port, host)) return port;
  if (!given) return freePort();
  throw new UserError(
    `Port ${port} (${variable}) is already in use: stop the program that listens there, set ${variable} to another port, ` +
      `or leave ${variable} unset to have a free one chosen.`,
  );
}
