import type { TextSlot } from '../../brief/idea.js';
import type { Box } from '../../imaging/geometry.js';
import type { Rule, StandingText } from './advertisement.js';
import { finding } from './finding.js';

/** Share of the canvas's width by which a centre may miss the axis: seen from about two hundredths on. */
const TOLERATED = 0.02;
/** A dish has no exact middle: handles, garnish, shadow; in a photo it has neighbours that belong to it. */
const DISH_TOLERATED = { cutOut: 0.05, photo: 0.12 };
/** Texts that stand on the axis in designs that have one; prices and stickers have places of their own. */
const ON_AXIS: readonly TextSlot[] = ['headline', 'shop'];

/** In a centred design dish, headline and name share an axis. Measured: how far a centre misses it, share of the width. */
export const offAxis: Rule = ({ texts, composition }) => {
  if (composition?.axis == null) return [];
  const { axis, dish, isCutOut } = composition;
  const miss = (x: number, width: number): number => Math.abs(x + width / 2 - axis);
  const texted = texts
    .filter(({ slot, badge }) => ON_AXIS.includes(slot) && badge === null)
    .map((text) => ({ slot: text.slot, row: rowOf(text, texts) }))
    .map(({ slot, row }) => ({ slot, measured: miss(row.x, row.width), limit: TOLERATED }));
  const dished = dish
    ? [{ slot: undefined, measured: miss(dish.x, dish.width), limit: DISH_TOLERATED[isCutOut ? 'cutOut' : 'photo'] }]
    : [];
  return [...texted, ...dished]
    .filter(({ measured, limit }) => measured > limit)
    .map(({ slot, measured, limit }) =>
      finding('off-axis', measured, limit, { ...(slot && { slot }), mend: slot ? 'another design' : 'mark the dish' }),
    );
};

/** A name with a handle beside it is centred together with it. */
function rowOf(text: StandingText, texts: StandingText[]): Pick<Box, 'x' | 'width'> {
  const middle = text.box.y + text.box.height / 2;
  const row = texts.map(({ badge, box }) => badge ?? box).filter(({ y, height }) => y < middle && y + height > middle);
  const left = Math.min(...row.map(({ x }) => x));
  return { x: left, width: Math.max(...row.map(({ x, width }) => x + width)) - left };
}
