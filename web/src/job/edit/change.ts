import type { Change } from '../../api/client.js';
import type { Format, Idea } from '../../api/making-types.js';
import type { VariantDetail } from '../../api/types.js';

/** Everything of a picture that its owner can change. */
export interface Wanted {
  idea: Idea;
  format: Format;
  /** Id of a tone style; empty: the tone stays. */
  tone: string;
}

/** As it is now. A picture that came without an idea has its headline and nothing else. */
export const presentOf = (variant: VariantDetail): Wanted => ({
  idea: variant.idea ?? { kind: 'dish', texts: { headline: variant.overlayText ?? '' } },
  format: variant.format,
  tone: '',
});

/** What has to be asked for; undefined when nothing is different. */
export function changeOf(before: Wanted, wanted: Wanted, hasIdea: boolean): Change | undefined {
  const idea = tidy(wanted.idea);
  const isOtherIdea = JSON.stringify(idea) !== JSON.stringify(tidy(before.idea));
  const words: Change = !isOtherIdea ? {} : hasIdea ? { idea } : { text: idea.texts.headline };
  const change: Change = {
    ...words,
    ...(wanted.format !== before.format && { format: wanted.format }),
    ...(wanted.tone && { tone: wanted.tone }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** Whether only words and their size change: then the picture below them stays. */
export const isWordsOnly = (before: Wanted, { idea, format, tone }: Wanted): boolean =>
  format === before.format && tone === '' && idea.design === before.idea.design && idea.kind === before.idea.kind;

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();

/** Without spaces at the ends of lines, and without texts that are empty; always in the same order. */
function tidy({ kind, texts, design, headlineScale }: Idea): Idea {
  const said = Object.entries(texts)
    .map(([slot, text]) => [slot, trimmed(text ?? '')] as const)
    .filter(([, text]) => text !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    kind,
    texts: Object.fromEntries(said) as Idea['texts'],
    ...(design && { design }),
    ...(headlineScale !== undefined && headlineScale !== 1 && { headlineScale }),
  };
}
