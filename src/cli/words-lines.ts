import type { WordsAnswer } from '../admin/briefs/preview-words.js';
import { TEXT_SLOTS } from '../brief/idea.js';
import { t } from './messages/index.js';

const indented = (lines: string[]): string[] => lines.map((line) => `  ${line}`);
const part = (title: string, lines: string[]): string[] => (lines.length > 0 ? [title, ...indented(lines)] : []);

const nameOf = (place: string): string => t.words.roles[place] ?? t.words.slots[place] ?? place;

/** What the owner should look at. */
export const warningLines = (warnings: WordsAnswer['warnings']): string[] =>
  part(
    t.words.notice,
    warnings.map(({ role, words, code, law }) => {
      const why = t.words.warnings[code] ?? code;
      return t.words.warning(nameOf(role), words, law ? `${why} (${law})` : why);
    }),
  );

/** What was understood, what is made of it, and what to look at; for people. */
export const wordsLines = ({ brief, leftovers, ideas, post, warnings, coverage }: WordsAnswer): string[] => [
  ...part(
    t.words.understood,
    Object.entries(brief).map(([role, text]) => `${nameOf(role)}: ${text}`),
  ),
  ...part(
    t.words.leftovers,
    leftovers.map(({ text, reason }) => `${text} (${t.words.leftoverReasons[reason] ?? reason})`),
  ),
  ...ideas.flatMap(({ kind, texts }, index) =>
    part(
      t.words.idea(index + 1, t.words.kinds[kind]),
      TEXT_SLOTS.flatMap((slot) => (texts[slot] === undefined ? [] : [`${nameOf(slot)}: ${oneLine(texts[slot])}`])),
    ),
  ),
  ...part(
    t.words.post,
    [...post.text.split('\n'), post.hashtags].filter((line) => line !== ''),
  ),
  ...warningLines(warnings),
  ...part(
    t.words.nowhere,
    coverage.flatMap(({ role, reason }) =>
      reason ? [`${nameOf(role)}: ${brief[role] ?? ''} (${t.words.nowhereReasons[reason] ?? reason})`] : [],
    ),
  ),
];

const oneLine = (text: string): string => text.replaceAll('\n', ' / ');
