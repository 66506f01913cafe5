/** There is no such row. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** The order cannot be understood as it stands; the message names the part and what it should be. */
export class BadOrder extends Error {
  override readonly name = 'BadOrder';
}

/** The idempotency key belongs to an order with other parameters. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
}
