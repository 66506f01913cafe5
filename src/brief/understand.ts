import type { Brief, BriefRole } from './brief.js';
import { ROLE_LENGTHS } from './brief.js';
import { findContacts } from './find-contacts.js';
import { findDish } from './find-dish.js';
import { findOffers } from './find-offers.js';
import { findPlaces, findShop } from './find-places.js';
import { findPrices } from './find-prices.js';
import { findNotes, findPeriods } from './find-runs.js';
import { type Clause, type Leftover, Sentence, wordsOf } from './sentence.js';
import { CALLS, SENTENCE_END, SIZE } from './word-kinds.js';

export { LEFTOVER_REASONS, type Leftover, type LeftoverReason } from './sentence.js';

/**
 * Splits what a shop writes into the roles of an advertisement, by the rules of such texts: prices, offers, dates,
 * telephones, endings of sentences, names of dishes. Words are split and trimmed, never changed. Every word is in a
 * role or in `leftovers`; signs that only separate (, / |) are not words. Any text is understood, in the worst case
 * as one `line`.
 */
export function understand(text: string): { brief: Brief; leftovers: Leftover[] } {
  const sentence = new Sentence(text);
  findHashtags(sentence);
  findContacts(sentence);
  findPrices(sentence);
  findOffers(sentence);
  findPeriods(sentence);
  findNotes(sentence);
  findPlaces(sentence);
  findShop(sentence);
  findDish(sentence);
  findLines(sentence);
  sentence.takeOrnaments();
  return sentence.brief();
}

function findHashtags(sentence: Sentence): void {
  for (const match of sentence.rest.matchAll(/#[\p{L}\p{N}_]+/gu)) {
    sentence.take('hashtag', match.index, match.index + match[0].length);
  }
}

/** Roles that take in a word or two left beside them: 저녁 6시 + 이후. */
const HOSTS: readonly BriefRole[] = ['period', 'note', 'offer'];

/** The role that a fragment belongs to, because nothing but a blank parts them; a fragment before the dish leads to it. */
function hostOf(sentence: Sentence, clause: Clause): BriefRole | undefined {
  if (wordsOf(clause).length > 2 || SENTENCE_END.test(clause.text) || CALLS.test(clause.text)) return undefined;
  const after = sentence.roleAfter(clause.end);
  if (after === 'dish') return undefined;
  const before = sentence.roleBefore(clause.start);
  return HOSTS.find((role) => role === before) ?? HOSTS.find((role) => role === after);
}

const LONE_PARTICLE = /^(에서|에|의|은|는|이|가|을|를|으로|로|와|과|도|만|및|[+&→×])$/;

/** What is left: a call to do something, a portion, or a line. */
function findLines(sentence: Sentence): void {
  for (const clause of sentence.clauses()) {
    const end = clause.end + (/^[!?~…]/.test(clause.closing) ? clause.closing.length : 0);
    const length = [...sentence.text.slice(clause.start, end)].length;
    const host = hostOf(sentence, clause);
    if (LONE_PARTICLE.test(clause.text)) sentence.take('connector', clause.start, end);
    else if (host) sentence.take(host, clause.start, end);
    else if (CALLS.test(clause.text) && length <= ROLE_LENGTHS.callToAction)
      sentence.take('callToAction', clause.start, end);
    else if (wordsOf(clause).every(({ text }) => SIZE.test(text))) sentence.take('note', clause.start, end);
    else sentence.take('line', clause.start, end);
  }
}
