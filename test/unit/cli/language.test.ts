import { expect, it } from 'vitest';
import { languageOf } from '../../../src/cli/language.js';
import { en } from '../../../src/cli/messages/en.js';
import { ko } from '../../../src/cli/messages/ko.js';

it.each<[string[], Record<string, string>, string]>([
  [[], {}, 'en'],
  [[], { LANG: 'ko_KR.UTF-8' }, 'ko'],
  [[], { LANG: 'en_US.UTF-8', LC_ALL: 'ko_KR.UTF-8' }, 'ko'],
  [[], { LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'en'],
  // The Konkani language of India begins with the same letters.
  [[], { LANG: 'kok_IN' }, 'en'],
  [['ye', 'simulate', '--lang', 'ko'], { LANG: 'C' }, 'ko'],
  [['ye', 'simulate', '--lang=en'], { LANG: 'ko_KR.UTF-8' }, 'en'],
  [['--lang', 'fr'], { LANG: 'ko_KR.UTF-8' }, 'ko'],
])('%j with %j speaks %s', (argv, env, language) => {
  expect(languageOf(argv, env)).toBe(language);
});

it('says everything in both languages, and not the same', () => {
  const leaves = (value: object, path = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' ? leaves(inner, `${path}${key}.`) : [`${path}${key}`],
    );
  expect(leaves(ko)).toEqual(leaves(en));
  expect(Object.values(ko.commands).filter((text) => !/[가-힣]/.test(text))).toEqual([]);
  expect(Object.values(ko.options).filter((text) => !/[가-힣]/.test(text) && !text.includes('ID'))).toEqual([]);
});
