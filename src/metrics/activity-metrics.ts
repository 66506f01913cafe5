import { CancelledFailure } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor, ActivityInterceptors } from '@temporalio/worker';
import type { Context } from '@temporalio/activity';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Pictures and models take seconds; a look at a row takes milliseconds. */
const BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/**
 * Counts every attempt of every activity by how it ended, and measures it. Outcomes are what the activities say:
 * `done`, `wait`, `continue`, `over`, or the type of the failure (`Busy`, `Away`, `StageError`, `StageFailed`, …).
 */
export function measureActivities(registry: Registry): (context: Context) => ActivityInterceptors {
  const attempts = new Counter({
    name: 'pipeline_activity_attempts_total',
    help: 'Attempts of activities by how they ended',
    labelNames: ['activity', 'outcome'],
    registers: [registry],
  });
  const repeats = new Counter({
    name: 'pipeline_activity_repeats_total',
    help: 'Attempts after the first',
    labelNames: ['activity'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'pipeline_activity_duration_seconds',
    help: 'Time of one attempt, from claim to answer',
    labelNames: ['activity'],
    buckets: BUCKETS,
    registers: [registry],
  });

  return ({ info: { activityType: activity, attempt } }) => ({
    inbound: {
      async execute(input, next) {
        if (attempt > 1) repeats.inc({ activity });
        const stop = durations.startTimer({ activity });
        try {
          const answer = await next(input);
          attempts.inc({ activity, outcome: outcomeOf(answer) });
          return answer;
        } catch (error) {
          attempts.inc({ activity, outcome: failureOf(error) });
          throw error;
        } finally {
          stop();
        }
      },
    } satisfies ActivityInboundCallsInterceptor,
  });
}

const outcomeOf = (answer: unknown): string => {
  const kind = (answer as { kind?: unknown } | undefined)?.kind;
  return typeof kind === 'string' ? kind : 'done';
};

const failureOf = (error: unknown): string => {
  if (error instanceof CancelledFailure) return 'cancelled';
  return (error instanceof ApplicationFailure && error.type) || 'error';
};
