import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '../../../src/admin/read/cursor.js';
import { momentsOf } from '../../../src/admin/read/moments.js';
import { BadOrder } from '../../../src/admin/trouble.js';

describe('a cursor', () => {
  it('comes back as it was', () => {
    const cursor = { at: '2026-01-31 09:00:00.123456+00', id: '6f1c2a34-0000-4000-8000-000000000001' };
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
  });

  it('that nobody wrote is refused, whatever it is', () => {
    const isRefused = (text: string): void => {
      expect(() => readCursor(text)).toThrow(BadOrder);
    };
    fc.assert(fc.property(fc.string(), isRefused));
    fc.assert(fc.property(fc.json(), (json) => isRefused(Buffer.from(json).toString('base64url'))));
    isRefused(writeCursor({ at: '2026-13-31 99:00:00.123456+00', id: '6f1c2a34-0000-4000-8000-000000000001' }));
    isRefused(writeCursor({ at: '2026-01-31 09:00:00.123456+00', id: 'x' }));
  });
});

describe('moments', () => {
  it('are the narrower of both ways to say them', () => {
    const [long, short] = [new Date('2020-01-01'), new Date()];
    expect(momentsOf({ before: long, olderThan: 1_000 }).before).toEqual(long);
    expect(momentsOf({ before: short, olderThan: 3_600_000 }).before?.getTime()).toBeLessThan(short.getTime());
    expect(momentsOf({ after: long, newerThan: 1_000 }).after?.getTime()).toBeGreaterThan(long.getTime());
    expect(momentsOf({})).toEqual({ before: null, after: null });
  });
});
