import { badRequest } from './refusal.js';

/** The forms Python's `uuid.UUID` takes: with or without dashes, braces or the urn prefix, in any case. */
export const parseUuid = (text: string): string | undefined => {
  const hex = text
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replace(/^\{(.*)\}$/, '$1')
    .replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** @throws Refusal 400 naming the field. */
export const requireUuid = (text: string, field: string): string => {
  const id = parseUuid(text);
  if (!id) throw badRequest(`Invalid UUID format: ${field}`);
  return id;
};
