export interface AdoptionReport {
  /** Names of the migrations applied now. */
  applied: string[];
  /** What was changed, a line each; empty when everything was right already. */
  done: string[];
  /** What was left as it is and may surprise somebody, a line each. */
  odd: string[];
}
