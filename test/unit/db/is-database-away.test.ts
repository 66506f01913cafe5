import { expect, it } from 'vitest';
import { isDatabaseAway } from '../../../src/db/is-database-away.js';

const withCode = (code: string): Error => Object.assign(new Error('said by the server'), { code });

it.each([
  '08006',
  '57P01',
  '57P03',
  '53300',
  '57014',
  '25P03',
  '3D000',
  '55000',
  '40P01',
  'ECONNREFUSED',
  'ECONNRESET',
])('takes %s for a database that is away', (code) => expect(isDatabaseAway(withCode(code))).toBe(true));

it.each(['Connection terminated unexpectedly', 'Query read timeout', 'timeout exceeded when trying to connect'])(
  'takes the driver\'s "%s" for the same',
  (message) => expect(isDatabaseAway(new Error(message))).toBe(true),
);

it.each([withCode('23505'), withCode('42703'), new Error('the claim was taken over by another attempt'), null, 'x'])(
  'leaves %s as it is',
  (error) => expect(isDatabaseAway(error)).toBe(false),
);
