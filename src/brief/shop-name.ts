const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;
/** What programs write where a name is missing. */
const MADE_UP = [
  UUID,
  /^\S+@\S+\.\S+$/,
  /^https?:\/\//i,
  /^(store|shop|tenant|user|test|demo|sample|default|unknown|none|null|undefined|n\/a|-|\.)[\s_-]*(for\b.*|of\b.*|user\b.*|name|\d+|[0-9a-f]{6,})?$/i,
  /^(store|shop|tenant|user)[\s_-]+(for|of|id)\b/i,
  /^[0-9a-f]{12,}$/i,
  /^[\d\s._-]+$/,
  /^[a-z]+[_-][0-9a-f]{6,}$/i,
];

/** A shop's name as it can be shown; undefined for what a program has put in its place, or when nothing is left. */
export function shopName(raw: string | null | undefined): string | undefined {
  const name = (raw ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  return name === '' || MADE_UP.some((pattern) => pattern.test(name)) ? undefined : name;
}
