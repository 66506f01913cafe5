import { ServiceError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { isTemporalAway } from '../../../src/temporal/is-temporal-away.js';

const grpc = (code: number): Error => Object.assign(new Error('said by gRPC'), { code, details: '', metadata: {} });
const wrapped = (cause: Error): Error => new ServiceError('Failed to signalWithStart Workflow', { cause });

it.each([1, 4, 8, 14])('takes code %d for a Temporal that is away, also as the client wraps it', (code) => {
  expect(isTemporalAway(grpc(code))).toBe(true);
  expect(isTemporalAway(wrapped(grpc(code)))).toBe(true);
});

it.each([3, 5, 7])('takes code %d for an answer', (code) => {
  expect(isTemporalAway(wrapped(grpc(code)))).toBe(false);
});

it('takes a first connection that is not made in time for the same', () => {
  expect(isTemporalAway(wrapped(new Error('Failed to connect before the deadline')))).toBe(true);
  expect(isTemporalAway(new Error('variant has no tenant'))).toBe(false);
});
