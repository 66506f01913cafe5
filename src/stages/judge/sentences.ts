import type { Finding, FindingCode } from './finding.js';

const percent = (value: number): string => `${Math.round(value * 100)} %`;

/** English sentences for the record; the page has words of its own. */
const SENTENCES: Record<FindingCode, (finding: Finding, what: string) => string> = {
  'no-text': () => 'No text was found where it should stand.',
  'text-over-edge': (_, what) => `The ${what} crosses an edge of photo, paper or ornament.`,
  'text-over-food': ({ measured }, what) => `The ${what} covers the dish (${percent(measured)} of it lies over it).`,
  'texts-collide': ({ measured }, what) => `The ${what} lies over another text (${percent(measured)} of it).`,
  'text-too-small': ({ measured, limit }, what) =>
    `The ${what} is too small (${Math.round(measured)} px of 1080, at least ${limit}).`,
  'text-too-faint': ({ measured, limit }, what) =>
    `The ${what} stands out too little (contrast ${measured.toFixed(1)}, at least ${limit}).`,
  'under-the-app': (_, what) => `The ${what} stands where the app lays its own signs over a story.`,
  enlarged: ({ measured, limit }) => `The photo is enlarged ${measured.toFixed(2)} times, at most ${limit} are sharp.`,
  'cut-off-edge': ({ measured }) => `The dish was not cut out along its edge (${percent(measured)} of it is).`,
  'dish-cut': ({ measured }) => `The frame cuts off ${percent(measured)} of the dish.`,
  'off-axis': ({ measured, slot }, what) =>
    `The ${slot ? what : 'dish'} misses the axis of the design by ${percent(measured)} of the width.`,
  'role-nowhere': (_, what) => `The ${what} of the brief stands neither on the picture nor in the post.`,
  season: () => 'What is shown belongs to another season than what is written.',
  'caption-without-price': () => 'The post does not say the price.',
};

const NAMES: Partial<Record<NonNullable<Finding['slot']>, string>> = {
  leadIn: 'lead-in',
  priceWas: 'old price',
  callToAction: 'call to action',
  shop: "shop's name",
};

export const sentenceOf = (finding: Finding): string =>
  SENTENCES[finding.code](finding, finding.slot ? (NAMES[finding.slot] ?? finding.slot) : 'text');
