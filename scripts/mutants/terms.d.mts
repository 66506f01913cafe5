export interface Term {
  file: string;
  /** Where it stands in the source, `[from, to)`. */
  from: number;
  to: number;
  line: number;
  /** On one line. */
  text: string;
  /** The function of SQL it stands in, or the whole literal. */
  ranBy: { functionName: string } | { literal: string };
}
export function termsOf(text: string): [from: number, to: number][];
export function guardingTerms(sources: { file: string; source: string }[]): Term[];
