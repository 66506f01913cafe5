import type { Brief } from './brief.js';
import { familyOf } from './dish-names.js';
import type { Idea, PictureTexts, TextSlot } from './idea.js';
import { fill } from './josa.js';
import { splitLine, syllables } from './lines.js';
import { invitationsTo, MOMENTS } from './moments.js';
import { inOrderOf } from './seeded-pick.js';
import { drawable } from './signs.js';

/** Headlines of more syllables are hard to set large. */
const LARGE = 16;
/** Still a headline, if these are the owner's own words. */
const LONGEST_HEADLINE = 22;
/** A line that a picture can hold beside the rest. */
const LONGEST_LINE = 60;

/**
 * Three ways to say it: the dish, the price or offer, a moment to come. Headlines are the owner's words wherever they
 * can stand alone; what is added invites and claims nothing. Ideas beyond the third repeat the kinds with other
 * headlines while there are any. Equal briefs and seeds give equal ideas.
 */
export function ideasOf(brief: Brief, { count, seed }: { count: number; seed: string }): Idea[] {
  const material = gather(brief, seed);
  const ideas: Idea[] = [];
  const used = new Set<string>();
  const kinds = [dishIdeas(material), dealIdeas(material), momentIdeas(material)].map((queue) => [...queue]);
  while (ideas.length < count) {
    const queue = kinds[ideas.length % kinds.length] as Idea[];
    const next = firstNew(queue, used) ?? firstNew(kinds[2] as Idea[], used) ?? firstNew(kinds[0] as Idea[], used);
    const idea = next ?? (ideas[ideas.length % 3] as Idea);
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

interface Material {
  brief: Brief;
  /** Stands before the dish's name: 얼큰하고 든든한. */
  lead: string | undefined;
  /** Sentences and phrases that stand alone. */
  lines: string[];
  moments: string[];
  invitations: string[];
}

function gather(brief: Brief, seed: string): Material {
  const family = familyOf(brief.dish ?? brief.line ?? '');
  const { lead, lines } = splitLine(brief.line, brief.dish);
  return {
    brief,
    lead,
    lines,
    moments: inOrderOf(MOMENTS[family], `${seed}|moment`),
    invitations: brief.dish
      ? inOrderOf(invitationsTo(brief.dish, family), `${seed}|invitation`).map((words) =>
          fill(words, { dish: brief.dish ?? '' }),
        )
      : [],
  };
}

/** Texts of a picture: what is not known or already in the headline is left out. */
function idea(kind: Idea['kind'], texts: Partial<Record<TextSlot, string | undefined>>): Idea {
  const headline = drawable(texts.headline ?? '');
  const held = Object.entries(texts)
    .filter(([slot, text]) => slot !== 'headline' && text !== undefined && !headline.includes(drawable(text)))
    .map(([slot, text]) => [slot, drawable(text as string)]);
  return { kind, texts: { ...Object.fromEntries(held), headline } as PictureTexts };
}

const shortLine = (lines: string[], besides = ''): string | undefined =>
  lines.find((line) => line !== besides && [...line].length <= LONGEST_LINE);

function dishIdeas({ brief, lead, lines, invitations }: Material): Idea[] {
  const { dish, price, priceWas, offer, period, note, shop, handle, place } = brief;
  const rest = { price, priceWas, offer, period, note, shop, handle, place };
  if (!dish) {
    return lines
      .filter((line) => syllables(line) <= LONGEST_HEADLINE)
      .map((line) => idea('dish', { headline: line, line: shortLine(lines, line), ...rest }));
  }
  return [
    idea('dish', { leadIn: lead, headline: dish, line: shortLine(lines), ...rest }),
    ...invitations.map((headline) =>
      idea('dish', { headline, line: lead ? `${lead} ${dish}` : shortLine(lines), ...rest }),
    ),
  ];
}

function dealIdeas({ brief, lead, lines }: Material): Idea[] {
  const { dish, price, priceWas, offer, period, note, callToAction, shop, place } = brief;
  const rest = { period, callToAction, note, shop, place };
  const ideas: Idea[] = [];
  if (offer) {
    const [condition, gift] = splitOffer(offer);
    ideas.push(
      idea('deal', {
        leadIn: condition ?? dish,
        headline: gift,
        line: condition ? dish : undefined,
        price,
        priceWas,
        ...rest,
      }),
    );
  }
  if (price) {
    const together = dish ? `${dish} ${price}` : price;
    const isShort = syllables(together) <= LARGE && !priceWas;
    ideas.push(
      isShort
        ? idea('deal', { leadIn: lead, headline: together, offer, ...rest })
        : idea('deal', {
            leadIn: dish ?? lead,
            headline: price,
            priceWas,
            offer,
            line: dish ? undefined : shortLine(lines),
            ...rest,
          }),
    );
  }
  return ideas;
}

/** 리뷰 작성 시 음료 증정: what must be done, and what one gets. */
const splitOffer = (offer: string): [condition: string | undefined, gift: string] => {
  const match = syllables(offer) > 12 ? /^(.+?(?: 시| 고객|면|까지))[, ]+(.+)$/u.exec(offer) : null;
  return match ? [match[1], match[2] as string] : [undefined, offer];
};

function momentIdeas(material: Material): Idea[] {
  const { brief, lead, lines, moments, invitations } = material;
  const { dish, period, callToAction, shop, handle, place, price, priceWas, note } = brief;
  const rest = { period, callToAction, shop, handle, place, ...(dish ? {} : { price, priceWas, note }) };
  const own = [
    ...lines.filter((line) => syllables(line) <= LONGEST_HEADLINE && line !== dish),
    ...(callToAction && syllables(callToAction) <= LONGEST_HEADLINE ? [callToAction] : []),
    ...(dish && lead && syllables(lead + dish) <= LARGE ? [`${lead} ${dish}`] : []),
    ...(dish && period && isOccasion(period) && syllables(period + dish) <= LARGE ? [`${period} ${dish}`] : []),
  ];
  const ownIdeas = own.map((headline) =>
    idea('moment', { headline, line: dish ? phrase(lead, dish) : shortLine(lines, headline), ...rest }),
  );
  const stock = [...moments.slice(0, 1), ...invitations, ...moments.slice(1)];
  return [
    ...ownIdeas,
    ...stock.map((headline) =>
      idea('moment', { headline, line: dish ? phrase(lead, dish) : shortLine(lines), ...rest }),
    ),
  ];
}

const phrase = (lead: string | undefined, dish: string): string => (lead ? `${lead} ${dish}` : dish);

/** 여름 한정 goes before a dish's name, 12월 31일까지 does not. */
const isOccasion = (period: string): boolean => /(한정|특선|기념|크리스마스|추석|설날|복날|스페셜)$/.test(period);
