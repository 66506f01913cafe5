import { useWords } from '../words/index.js';
import { contrastOf } from './contrast.js';

/** WCAG AA; what is paler is darkened where it is text. */
const ENOUGH = 4.5;
const PAPER = 'ffffff';
const FIRST = 'b3261e';

/** One colour, or none; whether it can be read as text is said beside it. */
export function ColourField({
  label,
  colour,
  onColour,
}: {
  label: string;
  colour: string | null;
  onColour(colour: string | null): void;
}) {
  const words = useWords();
  const ratio = colour ? contrastOf(colour, PAPER) : undefined;
  return (
    <div class="field colour">
      <span>{label}</span>
      <div class="actions">
        <input
          type="color"
          aria-label={label}
          value={`#${colour ?? FIRST}`}
          class={colour ? undefined : 'unset'}
          onInput={(event) => onColour(event.currentTarget.value.slice(1).toLowerCase())}
        />
        {colour ? (
          <>
            <code>#{colour}</code>
            <button type="button" class="button plain" onClick={() => onColour(null)}>
              {words.brand.noColour}
            </button>
          </>
        ) : (
          <span class="quiet">{words.brand.unset}</span>
        )}
      </div>
      {ratio !== undefined && (
        <small>
          {ratio < ENOUGH ? words.brand.pale(words.scores.ratio(ratio)) : words.brand.clear(words.scores.ratio(ratio))}
        </small>
      )}
    </div>
  );
}
