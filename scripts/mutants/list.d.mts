export interface Mutant {
  id: string;
  kind: 'planted' | 'term';
  /** Every changed file whole, by its path. */
  sources: Map<string, string>;
}
/** @throws when the text that a planted bug replaces is not there exactly once. */
export function listMutants(root: string, files: string[]): Mutant[];
