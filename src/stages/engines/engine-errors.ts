/** The engine cannot be reached or is starting; nothing is wrong with the request. */
export class EngineAwayError extends Error {
  override readonly name = 'EngineAwayError';
  constructor(
    message: string,
    readonly retryAfterSeconds = 5,
  ) {
    super(message);
  }
}

/** The engine was there and did not deliver a usable answer. */
export class EngineFailedError extends Error {
  override readonly name = 'EngineFailedError';
}
