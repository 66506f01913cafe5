/**
 * What the supervisor and our three Node processes (server, worker, stages) say to each other over the IPC channel.
 * A process that was started by hand has no channel; everything here then does nothing.
 */

export interface ReadyDetails {
  /** Where the process listens, when it listens. */
  url?: string;
}

export interface ReadyMessage extends ReadyDetails {
  event: 'ready';
}

/** Tells the supervisor that this process is doing its work now. */
export function reportReady(details: ReadyDetails = {}): void {
  const message: ReadyMessage = { event: 'ready', ...details };
  // A parent that is gone is onParentGone's business; without a callback the failed write would be thrown here.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

/** Calls `stop` once when the supervisor is gone, however it ended: a SIGKILLed one leaves no orphans behind. */
export function onParentGone(stop: () => void): void {
  if (process.channel === undefined) {
    // Forked with a channel that closed before this line ran.
    if (process.send !== undefined) stop();
    return;
  }
  process.once('disconnect', stop);
}

export const isReadyMessage = (message: unknown): message is ReadyMessage =>
  typeof message === 'object' && message !== null && 'event' in message && message.event === 'ready';
