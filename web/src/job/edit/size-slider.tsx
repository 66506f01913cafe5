import { useWords } from '../../words/index.js';

/** As far as the server lets it go (`HEADLINE_SCALE` of its ideas). */
const SCALE = { least: 0.6, most: 1.4, step: 0.05 };

/** How large the headline is, relative to what its design chose. */
export function SizeSlider({ scale, onScale }: { scale: number; onScale(scale: number): void }) {
  const words = useWords();
  return (
    <label class="field size">
      {words.edit.size}
      <span class="size-line">
        <input
          type="range"
          min={SCALE.least}
          max={SCALE.most}
          step={SCALE.step}
          value={scale}
          aria-valuetext={words.scores.percent(scale)}
          onInput={(event) => onScale(Number(event.currentTarget.value))}
        />
        <output>{words.scores.percent(scale)}</output>
      </span>
    </label>
  );
}
