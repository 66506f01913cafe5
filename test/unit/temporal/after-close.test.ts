import type { Client as GrpcClient } from '@grpc/grpc-js';
import { connectivityState } from '@grpc/grpc-js';
import { expect, it } from 'vitest';
import { createTemporalClient } from '../../../src/temporal/connection.js';

it('a call that is due again when its connection is closed ends, and nothing is thrown from its timer', async () => {
  const { connection } = createTemporalClient({
    address: '127.0.0.1:1',
    namespace: 'default',
    apiKey: null,
    tls: null,
    uiUrl: null,
  });
  const ended = expect(connection.workflowService.getSystemInfo({})).rejects.toThrow();
  // Refused, and asked again in a tenth of a second.
  await refusal((connection as unknown as { client: GrpcClient }).client);
  await connection.close();
  await ended;
});

const refusal = (client: GrpcClient): Promise<void> =>
  new Promise((resolve) => {
    const channel = client.getChannel();
    const look = (): void => {
      const state = channel.getConnectivityState(true);
      if (state === connectivityState.TRANSIENT_FAILURE) resolve();
      else channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, look);
    };
    look();
  });
