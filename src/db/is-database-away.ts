/**
 * Refused, cut off, shutting down, being put back (3D000, 55000), busy for too long, a transaction that stood still
 * (25P03), or a lock cycle it broke: the same call works a little later.
 */
export const isDatabaseAway = (error: unknown): boolean => {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  if (typeof code === 'string' && /^(08...|57P0[1-5]|57014|25P03|53300|3D000|55000|40P01|40001|55P03)$/.test(code))
    return true;
  if (typeof code === 'string' && ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(code))
    return true;
  return /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    message,
  );
};
