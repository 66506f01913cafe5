import { randomUUID } from 'node:crypto';
import { effectId } from '../../assets/effect-id.js';
import type { PoolClient } from '../../db/pool.js';
import type { Authority } from './authority.js';

/** What a stage hands over when its work is done: everything still unwritten. */
export interface Effect {
  /** The response, also what a replay answers. */
  answer: object;
  /** Inserts the result rows, within the final transaction. */
  write(client: PoolClient): Promise<void>;
  /** Ids of the rows written, kept with the claim for the stages that build on them. */
  result?: Record<string, unknown>;
  /** The variant's finished picture; overlay alone sets it. */
  overlaidImageId?: string;
}

/** A call that may begin: whose it is, and how its rows and files are named. */
export interface StageCall<U> {
  unit: U;
  generation: number;
  /** Id of a row or file of this effect; the same on every attempt of a claim. */
  idFor(what: string): string;
  /** The day that file names bear; the same on every attempt of a claim. */
  day: Date;
}

export const beginCall = <U>(unit: U, authority: Authority): StageCall<U> => {
  const base = authority.kind === 'claim' ? authority.key : randomUUID();
  return {
    unit,
    generation: authority.generation,
    idFor: (what) => effectId(base, what),
    day: authority.kind === 'claim' ? authority.openedAt : new Date(),
  };
};
