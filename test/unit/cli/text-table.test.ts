import { expect, test } from 'vitest';
import { textTable } from '../../../src/cli/text-table.js';

test('columns line up, also beside Korean, which is twice as wide on a terminal', () => {
  expect(
    textTable(
      ['name', 'n'],
      [
        ['비빔밥', '1'],
        ['stew', '22'],
      ],
    ),
  ).toBe(['name   | n', '-------+---', '비빔밥 | 1', 'stew   | 22'].join('\n'));
});

test('a row stays one line', () => {
  expect(textTable(['text'], [['a\nb']])).toBe(['text', '----', 'a⏎b'].join('\n'));
});
