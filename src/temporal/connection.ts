import { Channel, type ChannelCredentials, type ChannelOptions } from '@grpc/grpc-js';
import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config/config.js';
import { retriesUntilClosed } from './after-close.js';
import { AnsweredWithin } from './answered-within.js';

export type TemporalConfig = Config['temporal'];

/** Temporal cannot be reached as configured; the message names the address and the remedy. */
export class TemporalUnreachable extends Error {}

/** Options that client and worker connections share. */
export const connectionOptions = ({ address, apiKey, tls }: TemporalConfig) => {
  if (!address)
    throw new TemporalUnreachable('TEMPORAL_ADDRESS is not set; `npm start` starts a Temporal server of its own');
  return { address, ...(apiKey && { apiKey }), ...(tls && { tls: tlsOptions(tls) }) };
};

const tlsOptions = ({
  clientCert,
  clientKey,
  serverRootCACertificate,
  serverName,
}: NonNullable<TemporalConfig['tls']>) => ({
  ...(clientCert && clientKey && { clientCertPair: { crt: clientCert, key: clientKey } }),
  ...(serverRootCACertificate && { serverRootCACertificate }),
  ...(serverName && { serverNameOverride: serverName }),
});

/** Far longer than a server needs for its first word, and short enough to wait out without anybody's help. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * By default gRPC waits up to two minutes between attempts, so that a server that is back stays unnoticed for as long,
 * and takes 45 s to notice a connection that has fallen silent. Temporal refuses pings more often than every 10 s.
 * Without calls it pings too: our calls end at deadlines shorter than the time to the first ping, so that a silent
 * connection would otherwise never be asked whether it lives.
 */
const CHANNEL = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.keepalive_time_ms': 15_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.keepalive_permit_without_calls': 1,
  channelFactoryOverride: (address: string, credentials: ChannelCredentials, options: ChannelOptions) =>
    new Channel(address, new AnsweredWithin(ANSWER_WITHIN_MS, credentials), options),
};

/** A client that connects when first used, so that a process may start before its Temporal server does. */
export function createTemporalClient(config: TemporalConfig): Client {
  const connection = Connection.lazy({
    ...connectionOptions(config),
    connectTimeout: '5s',
    channelArgs: CHANNEL,
    interceptors: retriesUntilClosed(),
  });
  return new Client({ connection, namespace: config.namespace });
}

/** The Web UI's page of a workflow; null where no UI is known. */
export const workflowUrl = (uiUrl: string | null, namespace: string, workflowId: string): string | null =>
  uiUrl &&
  `${uiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
