import type { Translation, TranslationRequest } from '../language.js';
import { seedOf } from './ad-copy.js';
import { fill } from '../../../brief/josa.js';
import { QUALITIES_FROM_ENGLISH, seasonWords } from './lexicon.js';
import { describeMenu, findEnglishDish, type Menu, suit } from './menu.js';
import { pick } from '../../../brief/seeded-pick.js';
import { toneOf } from '../../../brief/tone.js';
import { type CopyTwin, TONES } from './tones.js';

const TWINS: CopyTwin[] = Object.values(TONES).flat();
const SEASONS: Record<string, string> = { spring: '봄', summer: '여름', autumn: '가을', winter: '겨울' };

/**
 * Korean for an English advertisement. Texts of this engine get their exact twin; for others there is no model here
 * that could translate, so a Korean text is composed from the brief and from the words that are recognised, and the
 * answer says so.
 */
export function translateCopy(request: TranslationRequest): Translation {
  const menu = describeMenu(request.descKor);
  return (
    counterpart(request.adCopyEng, menu) ?? {
      adCopyKor: compose(request, menu),
      method: 'composed',
    }
  );
}

function counterpart(english: string, menu: Menu): Translation | undefined {
  const text = english.replace(/\s+/g, ' ').trim();
  for (const twin of TWINS) {
    const slots = match(twin.eng, text);
    if (!slots) continue;
    const phrase = slots.dish === menu.english ? menu.phrase : koreanPhrase(slots.dish ?? '');
    if (!phrase) return undefined;
    const adCopyKor = suit(fill(twin.kor, { phrase, season: SEASONS[slots.season ?? ''] ?? '' }), menu);
    return { adCopyKor, method: 'counterpart' };
  }
  return undefined;
}

/** The slots of a template as a text filled them; undefined when the text was not made with it. */
const match = (template: string, text: string): Record<string, string> | undefined => {
  const pattern = template
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : `(?<${part}>.+?)`))
    .join('');
  return new RegExp(`^${pattern}$`).exec(text)?.groups;
};

/** One quality: two in a row would need the joining form of the first. */
const koreanPhrase = (english: string): string | undefined => {
  const dish = findEnglishDish(english);
  return dish && [...koreanQualities(english.replace(dish.eng, '')), dish.kor].join(' ');
};

const koreanQualities = (english: string): string[] => {
  const words = english.toLowerCase().match(/[a-z]+/g) ?? [];
  const found = words.map((word) => QUALITIES_FROM_ENGLISH[word]).filter((word): word is string => word !== undefined);
  return [...new Set(found)].slice(0, 1);
};

function compose(request: TranslationRequest, menu: Menu): string {
  const copies = TONES[toneOf(request.toneStyle)];
  const known = menu.isKnown || request.descKor.trim() !== '';
  const noun = known ? menu.phrase : (findEnglishDish(request.adCopyEng)?.kor ?? menu.phrase);
  // The English text's own qualities come along, unless the shop has said them already.
  const qualities = koreanQualities(request.adCopyEng).filter((word) => !noun.includes(word.slice(0, -1)));
  const phrase = [...(noun.split(' ').length > 2 ? [] : qualities), noun].join(' ');
  return suit(fill(pick(copies, seedOf(request)).kor, { phrase, season: seasonWords(request.month).kor }), menu);
}
