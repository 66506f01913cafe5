import { useState } from 'preact/hooks';
import { useWords } from '../words/index.js';

/** Photo and advertisement in one frame, with a seam that can be dragged, also by arrow keys. */
export function Compare({ before, after, alt }: { before: string; after: string; alt: string }) {
  const words = useWords();
  const [share, setShare] = useState(50);
  return (
    <div class="viewer-picture compare">
      <img src={before} alt={words.job.photoAlt} class="compare-before" />
      <img src={after} alt={alt} style={{ clipPath: `inset(0 0 0 ${share}%)` }} />
      <span class="compare-seam" style={{ left: `${share}%` }} aria-hidden="true" />
      <span class="compare-name start">{words.viewer.before}</span>
      <span class="compare-name end">{words.viewer.after}</span>
      <input
        type="range"
        min="0"
        max="100"
        value={share}
        aria-label={words.viewer.slider}
        aria-valuetext={words.scores.percent((100 - share) / 100)}
        onInput={(event) => setShare(Number(event.currentTarget.value))}
      />
    </div>
  );
}
