import { createHash } from 'node:crypto';

const numberOf = (seed: string): number => createHash('sha256').update(seed).digest().readUInt32BE(0);

/** One of the choices, always the same for the same seed. */
export const pick = <T>(choices: readonly [T, ...T[]] | readonly T[], seed: string): T =>
  choices[numberOf(seed) % choices.length] as T;

/** All of the choices, beginning with the one that `pick` would take. */
export const inOrderOf = <T>(choices: readonly T[], seed: string): T[] => {
  if (choices.length === 0) return [];
  const first = numberOf(seed) % choices.length;
  return [...choices.slice(first), ...choices.slice(0, first)];
};
