import type { Socket } from 'node:net';
import { ChannelCredentials } from '@grpc/grpc-js';

type SecureConnector = ReturnType<ChannelCredentials['_createSecureConnector']>;

/**
 * The same credentials for connections that must be answered. The gRPC library waits for a server's first word without
 * a limit: one connection that is accepted and then never answered would hold every call until the process is restarted.
 * Here it is ended, which the library takes as a failed attempt like any other: it asks again after its back-off.
 */
export class AnsweredWithin extends ChannelCredentials {
  constructor(
    private readonly milliseconds: number,
    private readonly given: ChannelCredentials,
  ) {
    super();
  }

  _isSecure(): boolean {
    return this.given._isSecure();
  }

  _equals(other: ChannelCredentials): boolean {
    return other instanceof AnsweredWithin && this.given._equals(other.given);
  }

  _createSecureConnector(...about: Parameters<ChannelCredentials['_createSecureConnector']>): SecureConnector {
    const connector = this.given._createSecureConnector(...about);
    return {
      connect: async (socket) => {
        // Twice with TLS: whoever ends it may greet and then have nobody behind to speak HTTP/2.
        this.endUnlessAnswered(socket);
        const connected = await connector.connect(socket);
        if (connected.socket !== socket) this.endUnlessAnswered(connected.socket);
        return connected;
      },
      waitForReady: () => connector.waitForReady(),
      getCallCredentials: () => connector.getCallCredentials(),
      destroy: () => connector.destroy(),
    };
  }

  private endUnlessAnswered(socket: Socket): void {
    const timer = setTimeout(() => {
      if (socket.bytesRead === 0)
        socket.destroy(new Error(`the connection was accepted, and not answered for ${this.milliseconds} ms`));
    }, this.milliseconds);
    timer.unref();
    socket.once('close', () => clearTimeout(timer));
  }
}
