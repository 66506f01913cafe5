import type { Idea, PictureTexts, TextSlot } from '../api/making-types.js';
import { useWords } from '../words/index.js';
import { isLong, SLOTS } from './roles.js';

interface Parts {
  ideas: Idea[];
  /** Those that the owner changed. */
  changed: Record<number, Idea>;
  onIdea(place: number, idea: Idea | undefined): void;
}

/** The three pictures before they are made: what each leads with, and its words, each to be changed on its own. */
export function IdeaCards({ ideas, changed, onIdea }: Parts) {
  const words = useWords();
  return (
    <section class="panel" aria-labelledby="ideas-heading">
      <h2 id="ideas-heading">{words.create.ideas}</h2>
      <p class="quiet">{words.create.ideasLead}</p>
      <ol class="ideas">
        {ideas.map((proposed, place) => {
          const idea = changed[place] ?? proposed;
          return (
            <li key={place} class="idea">
              <div class="idea-head">
                <strong>{words.create.picture(place + 1)}</strong>
                <span class="quiet">{words.ideaKinds[idea.kind]}</span>
                {changed[place] && (
                  <button type="button" class="button plain" onClick={() => onIdea(place, undefined)}>
                    {words.create.asProposed}
                  </button>
                )}
              </div>
              <label class="field">
                <span class="visually-hidden">
                  {words.create.picture(place + 1)}: {words.slots.headline}
                </span>
                <textarea
                  class="idea-headline"
                  lang="ko"
                  rows={2}
                  maxLength={300}
                  value={idea.texts.headline}
                  onInput={({ currentTarget: { value } }) =>
                    onIdea(place, { ...idea, texts: { ...idea.texts, headline: value } })
                  }
                />
              </label>
              <details>
                <summary>{others(idea.texts, words.create.noOthers)}</summary>
                <TextFields texts={idea.texts} onTexts={(texts) => onIdea(place, { ...idea, texts })} />
              </details>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What stands on it beside the headline, in one line. */
const others = (texts: PictureTexts, nothing: string): string =>
  SLOTS.filter((slot) => slot !== 'headline' && texts[slot])
    .map((slot) => texts[slot])
    .join(' · ') || nothing;

/** All texts of one picture but its headline. An empty field is a text that the picture does not have. */
export function TextFields({
  texts,
  onTexts,
  onFocus,
}: {
  texts: PictureTexts;
  onTexts(texts: PictureTexts): void;
  onFocus?(slot: TextSlot): void;
}) {
  const words = useWords();
  const set = (slot: Exclude<TextSlot, 'headline'>, text: string): void => {
    const { [slot]: _, ...rest } = texts;
    onTexts((text === '' ? rest : { ...texts, [slot]: text }) as PictureTexts);
  };
  return (
    <div class="text-fields">
      {SLOTS.map((slot) => {
        if (slot === 'headline') return null;
        const parts = {
          value: texts[slot] ?? '',
          lang: 'ko',
          maxLength: 300,
          'data-slot': slot,
          onFocus: () => onFocus?.(slot),
          onInput: (event: { currentTarget: { value: string } }) => set(slot, event.currentTarget.value),
        };
        return (
          <label key={slot} class="field">
            {words.slots[slot]}
            {isLong(slot) ? <textarea rows={2} {...parts} /> : <input type="text" {...parts} />}
          </label>
        );
      })}
    </div>
  );
}
