import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { inKorean, KNOWN_ENGLISH } from '../../../src/cli/messages/says.ko.js';
import { packageRoot } from '../../../src/config/package-root.js';

const STATE = '(planner, failed): no such file; it was removed; really';

describe('what the operations say, in Korean', () => {
  it.each([
    [
      'sent back to work from planner (generation 2); now at (planner, queued)',
      'planner부터 다시 시작합니다 (세대 2). 현재 (planner, queued)',
    ],
    [`it was finished first, at ${STATE}`, `먼저 완료되었습니다. 현재 ${STATE}`],
    ['removed 1 row; removed 1 file', '행 1개를 지웠습니다. 파일 1개를 지웠습니다'],
    [
      'sent 1 of 3 variants back to work; 4 more fit the filter',
      'variant 3개 중 1개를 다시 시작합니다. 조건에 맞는 것이 4개 더 있습니다',
    ],
    [
      `cancelled 2 of 2 variants; the job itself was finished and keeps its feed (Temporal could not be told: refused; a run that is open ends by itself when it looks at its row)`,
      'variant 2개 중 2개를 취소했습니다. job 자체는 이미 완료되어 피드를 유지합니다 (Temporal에 알리지 못했습니다: refused. 열린 실행은 행을 다시 볼 때 저절로 끝납니다)',
    ],
    [
      `none of its failed variants can be done again: a run is open; the variant is at ${STATE}`,
      `실패한 variant 중 다시 할 수 있는 것이 없습니다: 실행이 열려 있습니다. variant는 현재 ${STATE}`,
    ],
  ])('%s', (english, korean) => {
    expect(inKorean(english)).toBe(korean);
  });

  it('has no words for what nobody says', () => {
    expect(inKorean('something else altogether')).toBeUndefined();
  });
});

/** Names of orders in the audit, SQL, HTTP and files: nobody reads them on a terminal as a sentence. */
const NOT_SAID = new Set([
  'the job is being deleted',
  'the job was deleted',
  'an archive of more than 4 GB cannot be made',
  'no Temporal server is running',
  'on its way',
  'all tenants',
  'deselect variant',
  'create key',
  'revoke key',
]);
const SQL =
  /\b(key_id as|last_used_at as|select|update|insert into|delete from|order by|set local|= \$\d|where)\b|= any\(/;

/** Every sentence in a source file, with `…` for what is filled in. */
function sentencesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isAction =
      ts.isPropertyAssignment(node.parent ?? node) &&
      (node.parent as ts.PropertyAssignment).name.getText(source) === 'action';
    if (ts.isStringLiteralLike(node) && !isAction) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter((text) => /[a-z]{2,} [a-z…]/.test(text) && !SQL.test(text) && !NOT_SAID.has(text.trim()));
}

it('every sentence of an operation has its Korean', () => {
  const admin = path.join(packageRoot, 'src/admin');
  const files = ['', 'briefs/'].flatMap((folder) =>
    readdirSync(path.join(admin, folder)).flatMap((name) => (name.endsWith('.ts') ? [folder + name] : [])),
  );
  const sentences = [
    ...files.map((name) => path.join(admin, name)),
    path.join(packageRoot, 'src/auth/keys.ts'),
  ].flatMap(sentencesIn);
  expect(sentences.length).toBeGreaterThan(40);
  expect(sentences.filter((text) => !isKnown(text))).toEqual([]);
});

/** Its fixed words stand in one of the list's sentences; what it is put together from is tried above. */
const isKnown = (text: string): boolean =>
  text
    .split('…')
    .map((part) => part.replaceAll(/^[;\s]+|\s+$/g, ''))
    .filter((part) => part.includes(' '))
    .every((part) => KNOWN_ENGLISH.some((english) => english.includes(part)));
