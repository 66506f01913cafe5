import { pointOut } from './advertising-law.js';
import type { Brief } from './brief.js';
import { familyOf } from './dish-names.js';
import type { Idea, PictureTexts, TextSlot } from './idea.js';
import { fill } from './josa.js';
import { isMomentous, type LineParts, splitLine, standsAlone, syllables } from './lines.js';
import { invitationsTo, MOMENTS } from './moments.js';
import { inOrderOf } from './seeded-pick.js';
import { drawable } from './signs.js';

/** Headlines of more syllables are hard to set large. */
const LARGE = 14;
/** Still a headline, if these are the owner's own words. */
const LONGEST_HEADLINE = 20;
/** A line that a picture can hold beside the rest. */
const LONGEST_LINE = 60;

/**
 * Three ways to say it: the dish, the price or offer, a moment to come. Headlines are the owner's words wherever they
 * can stand alone; what is added invites and claims nothing. Without price and offer the second idea is another
 * invitation. Ideas beyond the third go on with what is left, and begin again when nothing is. Equal briefs and seeds
 * give equal ideas.
 */
export function ideasOf(brief: Brief, { count, seed }: { count: number; seed: string }): Idea[] {
  const material = gather(brief, seed);
  const queues = [dishIdeas(material), dealIdeas(material), momentIdeas(material)] as const;
  const [dishes, deals, moments] = queues;
  const ideas: Idea[] = [];
  const used = new Set<string>();
  while (ideas.length < count) {
    const own = queues[ideas.length % queues.length] as Idea[];
    // Where no dish is named and no line leads, the deal does.
    const instead = own === dishes ? deals : moments;
    const next = firstNew(own, used) ?? firstNew(instead, used) ?? firstNew(moments, used) ?? firstNew(dishes, used);
    const idea = next ?? (ideas[ideas.length % queues.length] as Idea);
    used.add(idea.texts.headline);
    ideas.push(idea);
  }
  return ideas;
}

const firstNew = (queue: Idea[], used: Set<string>): Idea | undefined => {
  while (queue.length > 0) {
    const idea = queue.shift() as Idea;
    if (!used.has(idea.texts.headline)) return idea;
  }
  return undefined;
};

interface Material extends LineParts {
  brief: Brief;
  moments: string[];
  invitations: string[];
}

function gather(brief: Brief, seed: string): Material {
  const { dish } = brief;
  const family = familyOf(dish ?? brief.line ?? '');
  return {
    brief,
    ...splitLine(brief.line, dish),
    moments: inOrderOf(MOMENTS[family], `${seed}|moment`),
    invitations: dish
      ? inOrderOf(invitationsTo(dish, family), `${seed}|invitation`).map((words) => fill(words, { dish }))
      : [],
  };
}

/** Texts of a picture: what is not known or already in the headline is left out. */
function idea(kind: Idea['kind'], texts: Partial<Record<TextSlot, string | undefined>>): Idea {
  const headline = drawable(texts.headline ?? '');
  const held = Object.entries(texts)
    .filter(([slot, text]) => slot !== 'headline' && text !== undefined && !headline.includes(drawable(text)))
    // 겨울 한정 in the line above need not stand in the small print again.
    .filter(([slot, text]) => slot !== 'period' || ![texts.leadIn, texts.line].some((one) => one?.includes(text ?? '')))
    .map(([slot, text]) => [slot, drawable(text as string)]);
  return { kind, texts: { ...Object.fromEntries(held), headline } as PictureTexts };
}

const shortLine = (lines: string[], besides = ''): string | undefined =>
  lines.find((line) => line !== besides && [...line].length <= LONGEST_LINE);

/** The dish, large; its qualities above, everything that can be had with it beside it. */
function dishIdeas({ brief, lead, phrase, lines, details, invitations }: Material): Idea[] {
  const { dish, price, priceWas, offer, period, note, callToAction, shop, handle, place } = brief;
  const facts = { price, priceWas, offer, period, note, shop, handle, place };
  if (!dish) {
    const heads = [
      ...lines,
      ...details,
      callToAction,
      ...(offer || price ? [] : [period, shop, ...remarks(note)]),
    ].filter((text) => text !== undefined);
    return heads
      .filter((text) => syllables(text) <= LONGEST_HEADLINE)
      .map((headline) => idea('dish', { headline, line: shortLine(lines, headline), ...facts }));
  }
  const line = shortLine([...lines, ...details].filter((text) => !text.includes(dish)));
  return [
    idea('dish', { leadIn: lead, headline: dish, line, ...facts }),
    ...invitations.map((headline) => idea('dish', { headline, line: lead ? phrase : line, ...facts })),
  ];
}

/** 설 연휴 정상영업합니다 can be a headline, a telephone cannot. */
const remarks = (note: string | undefined): string[] => (note && !/\d{3}/.test(note) ? [note] : []);

/** What one gets or pays, large; the dish above it. */
function dealIdeas({ brief, lead, lines, invitations }: Material): Idea[] {
  const { dish, price, priceWas, offer, period, note, callToAction, shop, place } = brief;
  const facts = { period, callToAction, note, shop, place };
  const line = shortLine(dish ? [] : lines);
  const ideas: Idea[] = [];
  if (offer) {
    const { condition, gift } = splitOffer(offer);
    const named = dish && !offer.includes(dish) ? dish : undefined;
    const below = condition ? named : line;
    ideas.push(idea('deal', { leadIn: condition ?? named, headline: gift, line: below, price, priceWas, ...facts }));
  }
  if (price) {
    const together = dish ? `${dish} ${price}` : price;
    const [invitation] = invitations;
    if (syllables(together) <= LARGE && !priceWas && !isList(price)) {
      ideas.push(idea('deal', { leadIn: lead, headline: together, offer, ...facts }));
    } else if ((syllables(price) <= LARGE && !isList(price)) || !invitation) {
      ideas.push(idea('deal', { leadIn: dish, headline: price, priceWas, offer, line, ...facts }));
    } else {
      // A list of prices is no headline.
      ideas.push(idea('deal', { headline: invitation, price, priceWas, offer, line: lead, ...facts }));
    }
  }
  return ideas;
}

/** 소 30,000원 / 대 45,000원 */
const isList = (price: string): boolean => (price.match(/원|,\d{3}(?!원)/g) ?? []).length > 1;

/** 리뷰 작성 시 음료 증정: what must be done for it, and what one gets. */
function splitOffer(offer: string): { condition: string | undefined; gift: string } {
  const parts = syllables(offer) > LARGE - 3 ? /^(.+?(?: 시| 고객|면|분께))[, ]+(.+)$/u.exec(offer) : null;
  return { condition: parts?.[1], gift: parts?.[2] ?? offer };
}

/** A moment or a reason to come, in the owner's words where there are such. */
function momentIdeas({ brief, lead, phrase, lines, details, moments, invitations }: Material): Idea[] {
  const { dish, period, callToAction, note, shop, handle, place, price, priceWas, offer } = brief;
  const facts = { period, callToAction, shop, handle, place, ...(dish ? {} : { price, priceWas, offer, note }) };
  const calls = callToAction && syllables(callToAction) <= LONGEST_HEADLINE ? [callToAction] : [];
  const joined = [
    ...(lead && phrase && isMomentous(lead) ? [phrase] : []),
    ...(dish && period && isOccasion(period) ? [`${period} ${dish}`] : []),
  ].filter((headline) => syllables(headline) <= LARGE + 2);
  const said = lead && standsAlone(lead) ? [lead, ...lines] : lines;
  const own = [...said.filter((line) => standsAlone(line) && syllables(line) <= LONGEST_HEADLINE), ...joined, ...calls]
    // What the law restricts stays in its place; it is not made larger.
    .filter((line) => pointOut({ line }).length === 0);
  const stock = [...moments.slice(0, 1), ...invitations, ...moments.slice(1)];
  return [...own, ...stock].map((headline) => {
    const rest = [...lines, ...details].filter((line) => line !== headline);
    const saysDish = dish !== undefined && headline.includes(dish);
    const below = headline === lead ? dish : phrase;
    return idea('moment', { headline, line: dish && !saysDish ? below : shortLine(rest), ...facts });
  });
}

/** 여름 한정 goes before a dish's name, 12월 31일까지 does not. */
const isOccasion = (period: string): boolean => /(한정|특선|기념|크리스마스|추석|설날|복날|스페셜)$/.test(period);
