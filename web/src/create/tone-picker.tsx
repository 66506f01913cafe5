import { thumbnailUrl } from '../api/client.js';
import type { Tone } from '../api/types.js';
import { useWords } from '../words/index.js';

/** Drawn beforehand, for tones in which nothing was made yet (`scripts/tone-examples.mjs`). */
const DRAWN = new Set([
  'hero_dish_focus',
  'seasonal_limited',
  'behind_the_scenes',
  'lifestyle_integration',
  'ugc_social_proof',
  'minimalist_branding',
  'emotion_comfort',
  'retro_vintage',
]);

/** The first of its names that is a word: "UGC / Social Proof" says nothing to a shop before its second. */
const shortOf = (name: string): string => name.split(' / ').find((part) => part !== part.toUpperCase()) ?? name;

const exampleOf = ({ exampleUrl, code }: Tone): string | undefined => {
  if (exampleUrl) return thumbnailUrl(exampleUrl, 320);
  return code !== null && DRAWN.has(code) ? `/tones/${code}.webp` : undefined;
};

/** The tones, each with the shop's own newest ad in it, else with a drawn example; never with another shop's. */
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
        {tones.length === 0 &&
          Array.from(DRAWN, (code) => (
            <span key={code} class="tone">
              <span class="tone-example none" />
              <span>&nbsp;</span>
            </span>
          ))}
        {tones.map((tone) => {
          const { toneStyleId, englishName, koreanName, description } = tone;
          const example = exampleOf(tone);
          return (
            <label key={toneStyleId} class="tone" title={isKorean ? (description ?? '') : englishName}>
              <input
                type="radio"
                name="tone"
                value={englishName}
                checked={chosen === englishName}
                onChange={() => onChoose(englishName)}
              />
              {example ? (
                <img src={example} alt="" class="tone-example" />
              ) : (
                <span class="tone-example none" aria-hidden="true" />
              )}
              <span>{isKorean ? (koreanName ?? englishName) : shortOf(englishName)}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
