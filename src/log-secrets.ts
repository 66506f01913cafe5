/** Shorter words stand in too many places to be cut out of every line. */
const LEAST_LENGTH = 6;
const HIDDEN = '[hidden]';

const BEARS_SECRET = /PASSWORD|SECRET|TOKEN|API_KEY|KEY_DATA/;

/** What must not be read in a log: values of variables that bear secrets, and the passwords within URLs. */
export function secretsIn(env: NodeJS.ProcessEnv): string[] {
  const found = Object.entries(env).flatMap(([name, value = '']) =>
    BEARS_SECRET.test(name) ? [value] : passwordsIn(value),
  );
  // As they stand within JSON, and the longest first: one may be the beginning of another.
  return [...new Set(found.filter((value) => value.length >= LEAST_LENGTH).map(asInJson))].sort(
    (a, b) => b.length - a.length,
  );
}

const asInJson = (value: string): string => JSON.stringify(value).slice(1, -1);

const passwordsIn = (value: string): string[] => {
  const [, password] = /^[a-z][a-z0-9+.-]*:\/\/[^:@/\s]*:([^@/\s]+)@/i.exec(value) ?? [];
  if (password === undefined) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
};

/** A line of JSON without the secrets it may have caught: known values, and what looks like one by its surroundings. */
export const hideSecrets = (line: string, secrets: string[]): string =>
  secrets
    .reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
    // The password of any URL.
    .replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/[^:@/\s"\\]*):[^@/\s"\\]+@/gi, `$1:${HIDDEN}@`)
    // Keys of the server, however they came here.
    .replaceAll(/\bfai_[\w-]{20,}/g, HIDDEN)
    .replaceAll(/\b(Bearer|Basic)\s+[^\s"\\,]+/gi, `$1 ${HIDDEN}`)
    .replaceAll(/\b(feedlyai_session)=[^\s;"\\]+/g, `$1=${HIDDEN}`);
