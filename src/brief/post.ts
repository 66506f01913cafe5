import type { Brief } from './brief.js';
import { familyOf } from './dish-names.js';
import type { Family } from './dishes.js';
import { hashtagsOf } from './hashtags.js';
import { fill } from './josa.js';
import { splitLine, withoutSize } from './lines.js';
import { isDrunk } from './moments.js';
import {
  BODIES,
  CLOSINGS,
  FAMILY_BODIES,
  HOOKS,
  HOOKS_WITHOUT_DISH,
  OF_THE_MONTHS,
  TONE_HOOKS,
} from './post-sentences.js';
import { inOrderOf } from './seeded-pick.js';
import type { Leftover } from './sentence.js';
import { toneOf } from './tone.js';

export interface PostRequest {
  brief: Brief;
  /** A tone style's name or code; '' when none was chosen. */
  tone: string;
  /** 1..12, in Korea. */
  month: number;
  seed: string;
  /** The shop's last posts: no sentence of ours is in one of them. */
  avoid: readonly string[];
  /** What `understand` had no role for: the owner's emoji and hashtags stand in the post. */
  leftovers?: readonly Leftover[];
}

export interface Post {
  text: string;
  /** At most five, each with `#`, separated by single spaces. */
  hashtags: string;
}

const EMOJI: Record<Family, string> = {
  soup: '🍲',
  braise: '🥘',
  noodle: '🍜',
  coldNoodle: '🍜',
  rice: '🍚',
  grill: '🥩',
  meat: '🍖',
  fried: '🍗',
  pancake: '🥢',
  seafood: '🦐',
  rawFish: '🍣',
  salad: '🥗',
  bread: '🥐',
  dessert: '🍰',
  iced: '🍧',
  coffee: '☕',
  tea: '🍵',
  drink: '🥤',
  alcohol: '🍻',
  western: '🍽️',
  street: '🍢',
  any: '😋',
};

/**
 * The text that goes with the pictures: the owner's words first, one sentence beside them, then everything a guest
 * must know, then the invitation. Every role of the brief is in it. Equal requests give equal posts.
 */
export function writePost(request: PostRequest): Post {
  const { brief, leftovers = [] } = request;
  const family = familyOf(brief.dish ?? brief.line ?? '');
  const [first, last] = [opening(request, family), closing(request)];
  const isDishSaid = [...first, ...last].some((line) => line.includes(brief.dish ?? ''));
  const paragraphs = [first, facts(brief, isDishSaid), last];
  const text = paragraphs
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
  return { text, hashtags: hashtagsOf(brief, family, leftovers) };
}

function opening({ brief, tone, seed, avoid, leftovers = [] }: PostRequest, family: Family): string[] {
  const { dish } = brief;
  const { lead, phrase, lines } = splitLine(brief.line, dish);
  const own = [...(lead && phrase ? [phrase] : []), ...lines];
  const signs = leftovers.filter(({ reason }) => reason === 'emoji').map(({ text }) => text);
  const sign = signs.length > 0 ? signs.join('') : EMOJI[family];
  const hooks = dish
    ? [...inOrderOf(TONE_HOOKS[toneOf(tone)], `${seed}|tone`), ...inOrderOf(HOOKS, `${seed}|hook`)]
    : inOrderOf(HOOKS_WITHOUT_DISH, `${seed}|hook`);
  const suited = hooks.filter((hook) => !isDrunk(family) || !/먹|접시/.test(hook));
  const hook = own.length > 0 ? [] : [unused(suited, { dish: withoutSize(dish ?? '') }, avoid)];
  const bodies = [...inOrderOf(FAMILY_BODIES[family] ?? [], `${seed}|body`), ...inOrderOf(BODIES, `${seed}|body`)];
  const [first = '', ...more] = [...own, ...hook];
  return [`${first} ${sign}`, ...more, unused(bodies, {}, avoid)];
}

/** What a guest must know; one thing a line. */
function facts(brief: Brief, isDishSaid: boolean): string[] {
  const { dish, price, priceWas, offer, period, place, note, handle, shop } = brief;
  const { details } = splitLine(brief.line, dish);
  const prices = [priceWas, price].filter((text) => text !== undefined).join(' → ');
  return [
    prices === '' ? '' : `💰 ${[dish, prices].filter(Boolean).join(' ')}`,
    prices === '' && dish && !isDishSaid ? `🍽️ ${dish}` : '',
    ...details.map((detail) => `▫️ ${detail}`),
    offer ? `🎁 ${offer}` : '',
    period ? `🗓️ ${period}` : '',
    place || shop ? `📍 ${[shop, place].filter(Boolean).join(' ')}` : '',
    note ? `✔️ ${note}` : '',
    handle ? `👉 ${handle}` : '',
  ];
}

const SAYS_WHEN =
  /봄|여름|가을|겨울|크리스마스|추석|설날|명절|연말|새해|복날|초복|중복|말복|더위|추위|한파|장마|벚꽃|단풍|눈 오는|비 오는/;

function closing({ brief, month, seed, avoid }: PostRequest): string[] {
  if (brief.callToAction) return [brief.callToAction];
  const isSaid = Object.values(brief).some((text) => SAYS_WHEN.test(text));
  const weather = isSaid ? [] : (OF_THE_MONTHS.find(({ months }) => months.includes(month))?.sentences ?? []);
  return [
    unused(
      inOrderOf([...CLOSINGS, ...weather], `${seed}|closing`),
      { at: brief.shop ? `${brief.shop}에서` : '매장에서' },
      avoid,
    ),
  ];
}

/** The first sentence that no earlier post holds. */
function unused(templates: readonly string[], slots: Record<string, string>, avoid: readonly string[]): string {
  const sentences = templates.map((template) => fill(template, slots));
  return sentences.find((sentence) => !avoid.some((post) => post.includes(sentence))) ?? (sentences[0] as string);
}
