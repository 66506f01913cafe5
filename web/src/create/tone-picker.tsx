import { thumbnailUrl } from '../api/client.js';
import type { Tone } from '../api/types.js';
import { useWords } from '../words/index.js';

/** The tones, each with the newest ad that was made in it; until there is one, a colour of its own. */
export function TonePicker({
  tones,
  chosen,
  onChoose,
}: {
  tones: Tone[];
  chosen: string;
  onChoose(englishName: string): void;
}) {
  const words = useWords();
  const isKorean = words.language === 'ko';
  return (
    <fieldset class="field tones">
      <legend>{words.create.tone}</legend>
      <div class="tone-list">
        {tones.map(({ toneStyleId, englishName, koreanName, description, exampleUrl }, index) => (
          <label key={toneStyleId} class="tone" title={isKorean ? (description ?? '') : englishName}>
            <input
              type="radio"
              name="tone"
              value={englishName}
              checked={chosen === englishName}
              onChange={() => onChoose(englishName)}
            />
            {exampleUrl ? (
              <img src={thumbnailUrl(exampleUrl, 320)} alt="" class="tone-example" />
            ) : (
              <span class={`tone-example none shade-${index % 8}`} aria-hidden="true" />
            )}
            <span>{isKorean ? (koreanName ?? englishName) : (englishName.split(' / ')[0] ?? englishName)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
