/** This input can never succeed: the file is missing, the text cannot be drawn, the request was refused as wrong. */
export class BadInput extends Error {}

/** The dependency is away, not wrong: refused, reset, 502–504, 429. Waiting is the remedy. */
export class Away extends Error {
  constructor(
    message: string,
    /** What the dependency asked for, if it did. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** Somebody else is doing exactly this work; ask again shortly. No attempt of ours. */
export class Busy extends Error {
  constructor(
    message: string,
    readonly retryAfterMs: number,
  ) {
    super(message);
  }
}
