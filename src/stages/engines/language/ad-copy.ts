import { ideasOf } from '../../../brief/ideas.js';
import { fill } from '../../../brief/josa.js';
import { pick } from '../../../brief/seeded-pick.js';
import { toneOf } from '../../../brief/tone.js';
import { understand } from '../../../brief/understand.js';
import type { AdCopy, CopyBrief } from '../language.js';
import { seasonWords } from './lexicon.js';
import { describeMenu } from './menu.js';
import { TONES } from './tones.js';

export const seedOf = ({ descKor, storeName, toneStyle, month }: CopyBrief): string =>
  [descKor, storeName, toneStyle, seasonWords(month).eng].join('|');

/** An English advertisement, and the headline of the first idea of the shop's own words. */
export function writeAdCopy(request: CopyBrief): AdCopy {
  const seed = seedOf(request);
  const [idea] = ideasOf(understand(request.descKor).brief, { count: 1, seed });
  const twin = pick(TONES[toneOf(request.toneStyle)], seed);
  return {
    adCopyEng: fill(twin.eng, { dish: describeMenu(request.descKor).english, season: seasonWords(request.month).eng }),
    adCopyKor: idea?.texts.headline ?? request.descKor,
  };
}
