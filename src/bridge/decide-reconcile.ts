import type { Stage } from '../../workflows/contract.js';

/**
 * The newest run of a workflow as Temporal tells of it. `unknown`: it knows no workflow of that id. `waiting`: open, with
 * nothing under way but a timer. `working`: open, and something is under way or about to be.
 */
export type RunState =
  | 'unknown'
  | 'working'
  | 'waiting'
  | 'completed'
  | 'failed'
  | 'timed out'
  | 'terminated'
  | 'cancelled';

/** A unit (variant or job) whose row says that a run is at work on it, and that run. */
export interface Comparison {
  /** The stage its row calls for, read after the run was looked at; undefined when it calls for none. */
  calledFor: Stage | undefined;
  run: RunState;
  /** It is recorded as waiting for evidence that is not there. */
  waitsRightly: boolean;
  /** How often it was started again in this generation after a run that did not finish it. */
  restarts: number;
}

export type Verdict =
  /** Start a workflow at the stage called for: there is none, and there should be. */
  | { action: 'start'; because: string }
  /** The same after a run that ended badly: counted, with back-off. */
  | { action: 'restart'; because: string }
  /** Write `(step, failed)`: a person ended the run, or it ended badly too often. */
  | { action: 'fail'; because: string }
  /** Wake the open run: it waits for something the row does not wait for. */
  | { action: 'wake'; because: string }
  | { action: 'nothing'; because: string };

export const MAX_RESTARTS = 5;

/** What is to be done about a row and a run that may not fit each other. Pure. */
export function decideReconcile({ calledFor, run, waitsRightly, restarts }: Comparison): Verdict {
  if (!calledFor) return { action: 'nothing', because: 'its row calls for no stage' };
  switch (run) {
    case 'working':
      return { action: 'nothing', because: 'its run is at work' };
    case 'waiting':
      if (waitsRightly) return { action: 'nothing', because: 'it waits for its text' };
      return { action: 'wake', because: 'its run waits although the row does not' };
    case 'unknown':
      return { action: 'start', because: 'Temporal knows no workflow of it' };
    case 'terminated':
    case 'cancelled':
      return { action: 'fail', because: `its workflow was ${run} in Temporal` };
    case 'completed':
    case 'failed':
    case 'timed out': {
      const ended = `its workflow ${run === 'completed' ? 'completed without finishing the row' : run}`;
      if (restarts < MAX_RESTARTS) return { action: 'restart', because: ended };
      return { action: 'fail', because: `${ended}, after ${restarts} restarts` };
    }
  }
}
