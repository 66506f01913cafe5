import { SENTENCE_END } from './word-kinds.js';

/** How long a text is to the eye: its letters and digits, without blanks and marks. */
export const syllables = (text: string): number => [...text.replace(/[\s.,!?~'"“”‘’]/g, '')].length;

/** Ends that lead to the next word: 얼큰한, 정성껏 끓인, 비 오는 날엔, 우리 동네. */
const LEADS =
  /(한|은|는|운|른|린|인|든|던|긴|진|된|뜬|쓴|찬|큰|탄|간|친|난|준|낸|온|찐|의|엔|에|에는|땐|때는|때|역시|오늘은|바로|로|으로|가득|듬뿍|날|신메뉴|신상|NEW|BEST)!?$/iu;

/** A line's parts: what can stand before the dish's name, and what stands alone. */
export function splitLine(
  line: string | undefined,
  dish: string | undefined,
): { lead: string | undefined; lines: string[] } {
  const lines = (line ?? '').split('\n').filter((part) => part !== '');
  const at = dish
    ? lines.findIndex((part) => LEADS.test(part) && !SENTENCE_END.test(part) && !part.includes(dish))
    : -1;
  return at < 0 ? { lead: undefined, lines } : { lead: lines[at], lines: lines.toSpliced(at, 1) };
}
