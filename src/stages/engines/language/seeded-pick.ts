import { createHash } from 'node:crypto';

/** One of the choices, always the same for the same seed. */
export const pick = <T>(choices: readonly [T, ...T[]] | readonly T[], seed: string): T => {
  const digest = createHash('sha256').update(seed).digest();
  return choices[digest.readUInt32BE(0) % choices.length] as T;
};
