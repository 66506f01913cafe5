import { isGrpcServiceError } from '@temporalio/client';

/** gRPC codes: cancelled, deadline exceeded, resource exhausted, unavailable. */
const AWAY = new Set([1, 4, 8, 14]);

/** Temporal unreachable or overloaded, as opposed to refusing this very request. The client wraps what gRPC says. */
export const isTemporalAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (isGrpcServiceError(error)) return AWAY.has(error.code);
  return error.message.startsWith('Failed to connect before the deadline') || isTemporalAway(error.cause);
};
