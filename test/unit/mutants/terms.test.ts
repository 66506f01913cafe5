import { describe, expect, it } from 'vitest';
import { guardingTerms, termsOf } from '../../../scripts/mutants/terms.mjs';

const found = (sql: string): string[] => termsOf(sql).map(([from, to]) => sql.slice(from, to).replace(/\s+/g, ' '));

describe('the terms of a statement', () => {
  it.each<[string, string, string[]]>([
    ['are split at AND', 'update a set b = 1 where c = 2 and d = 3 returning e', ['c = 2', 'd = 3']],
    ['keep what stands in parentheses', 'delete from a where (b = 1 or c = 2) and d', ['(b = 1 or c = 2)', 'd']],
    ['keep the AND of BETWEEN', 'update a set b = 1 where c between 1 and 2 and d', ['c between 1 and 2', 'd']],
    [
      'keep the AND and WHEN of CASE',
      'update a set b = 1 where case when c and d then e else f end and g',
      ['case when c and d then e else f end', 'g'],
    ],
    ['keep what is quoted', `update a set b = 1 where c = ' and ' and d`, [`c = ' and '`, 'd']],
    ['skip comments', 'update a set b = 1\n where c -- and so on\n and d', ['c', 'd']],
    ['end at a lock', 'select from a where b = 1 and c = 2 for no key update of a', ['b = 1', 'c = 2']],
    [
      'are those of every CTE',
      'with a as (select from b where c = 1 and d = 2) update e set f = 1 from a where g = 3',
      ['c = 1', 'd = 2', 'g = 3'],
    ],
    [
      'hold a sub-query whole',
      'update a set b = (select c from d where e and f) where g and exists (select from h where i and j)',
      ['g', 'exists (select from h where i and j)'],
    ],
    [
      'are those of ON CONFLICT, too',
      'insert into a values (1) on conflict (b) do update set c = 1 where a.d is null and a.e',
      ['a.d is null', 'a.e'],
    ],
    [
      'may be a hole of the template',
      'update a set b = 1 where ${c ? `x and y` : z} and d',
      ['${c ? `x and y` : z}', 'd'],
    ],
  ])('%s', (_, sql, expected) => {
    expect(found(sql)).toEqual(expected);
  });
});

describe('the sources', () => {
  it('count where SQL writes or locks', () => {
    const source = [
      'const read = `select from a where b = 1`;',
      'const locked = `select from a where b = 2 for update`;',
      `await db.query('delete from a where b = $1 and c = $2');`,
      '// update a set b = 1 where in = a comment',
    ].join('\n');
    const terms = guardingTerms([{ file: 'src/a.ts', source }]);
    expect(terms.map(({ line, text }) => [line, text])).toEqual([
      [2, 'b = 2'],
      [3, 'b = $1'],
      [3, 'c = $2'],
    ]);
    for (const { from, to, text } of terms) expect(source.slice(from, to)).toBe(text);
  });

  it('count a function where it is defined last', () => {
    const defined = (condition: string, again = ''): string =>
      `create ${again}function pipeline.f(a uuid) returns void language plpgsql as $$\nbegin\n` +
      `  update t set b = 1 where ${condition};\nend $$;`;
    const terms = guardingTerms([
      { file: 'sql/0001_a.sql', source: defined('old = 1') },
      { file: 'sql/0002_b.sql', source: defined('new = 1 and newer = 2', 'or replace ') },
    ]);
    expect(terms.map(({ file, text }) => [file, text])).toEqual([
      ['sql/0002_b.sql', 'new = 1'],
      ['sql/0002_b.sql', 'newer = 2'],
    ]);
  });
});
