import { describe, expect, it } from 'vitest';
import { decideReconcile, MAX_RESTARTS, type RunState } from '../../../src/bridge/decide-reconcile.js';

const RUNS: RunState[] = [
  'unknown',
  'working',
  'waiting',
  'completed',
  'failed',
  'timed out',
  'terminated',
  'cancelled',
];

/*
 * The whole table, written by hand: a line per kind of row, a column per state of its run.
 * `.` is nothing.
 */
describe('decideReconcile', () => {
  it.each([
    //                                                        unknown working waiting completed failed timed-out terminated cancelled
    ['calls for a stage', 'planner', false, 0, 'start   . wake restart restart restart fail fail'],
    ['waits rightly for its text', 'overlay', true, 0, 'start   . .    restart restart restart fail fail'],
    [
      'may be restarted once more',
      'planner',
      false,
      MAX_RESTARTS - 1,
      'start . wake restart restart restart fail fail',
    ],
    ['has been restarted often', 'planner', false, MAX_RESTARTS, 'start . wake fail fail fail fail fail'],
    ['calls for nothing', undefined, false, 0, '. . . . . . . .'],
  ] as const)('a row that %s', (_, calledFor, waitsRightly, restarts, expected) => {
    const actions = RUNS.map((run) => decideReconcile({ calledFor, run, waitsRightly, restarts }).action);
    expect(actions.map((action) => (action === 'nothing' ? '.' : action)).join(' ')).toBe(
      expected.replace(/\s+/g, ' '),
    );
  });

  it('says who ended a run, and how often it was tried', () => {
    const row = { calledFor: 'planner', waitsRightly: false } as const;
    expect(decideReconcile({ ...row, run: 'terminated', restarts: 0 }).because).toBe(
      'its workflow was terminated in Temporal',
    );
    expect(decideReconcile({ ...row, run: 'timed out', restarts: 5 }).because).toBe(
      'its workflow timed out, after 5 restarts',
    );
  });
});
