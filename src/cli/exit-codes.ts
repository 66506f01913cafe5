/**
 * What scripts may trust. Ctrl-C in the middle of something is 130 as in every shell; a loop that is meant to be ended
 * so ends with what it has to say.
 */
export const EXIT = {
  fine: 0,
  /** The thing asked is not so; the answer says which. */
  no: 1,
  usage: 2,
  /** Heard and accepted, but no worker was free to take it. */
  noWorker: 3,
  /** Heard; it goes on when a text arrives, a retry is due or a service is back. */
  waiting: 4,
  /** Everything works, and something should be seen to before it does not. */
  warning: 5,
} as const;
