/**
 * A call that is answered with something else than a result. Nothing of it stays in any row.
 * `status` is the HTTP status, the message becomes `detail`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    detail: string,
    /** Sent as `Retry-After`: asking again then is worth it. */
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
  }
}

export const badRequest = (detail: string): Refusal => new Refusal(400, detail);
export const notFound = (detail: string): Refusal => new Refusal(404, detail);
/** The rows are not where this call assumed; it had no effect. */
export const conflict = (detail: string): Refusal => new Refusal(409, detail);
/** Somebody else is doing exactly this; their answer will be there soon. */
export const busy = (detail: string): Refusal => new Refusal(409, detail, 1);
