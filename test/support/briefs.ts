import { readFileSync } from 'node:fs';
import { type Brief, BRIEF_ROLES } from '../../src/brief/brief.js';

export interface WrittenBrief {
  sentence: string;
  roles: Brief;
  /** `text (reason)` each. */
  leftovers: string[];
}

/** Sentences as shops write them, and what each says. `\n` and `\uXXXX` are escapes; an empty field is an absent role. */
export const readBriefs = (): WrittenBrief[] =>
  readFileSync(new URL('briefs.tsv', import.meta.url), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [sentence = '', ...fields] = line.split('\t').map(unescape);
      const roles = BRIEF_ROLES.map((role, index) => [role, fields[index] ?? '']).filter(([, text]) => text !== '');
      return {
        sentence,
        roles: Object.fromEntries(roles) as Brief,
        leftovers: (fields[BRIEF_ROLES.length] ?? '').split(';').filter((text) => text !== ''),
      };
    });

const unescape = (text: string): string =>
  text
    .replaceAll('\\n', '\n')
    .replace(/\\u([0-9a-f]{4})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
