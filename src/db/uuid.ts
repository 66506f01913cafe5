/** As PostgreSQL prints one, whatever its version says: rows of other programs carry ids of any kind. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
