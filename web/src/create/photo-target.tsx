import { useState } from 'preact/hooks';
import type { Area } from '../api/types.js';
import { useWords } from '../words/index.js';
import type { Point } from './photo-field.js';

interface Parts {
  src: string | undefined;
  hint: Point | undefined;
  dish?: Area | undefined;
  onHint(hint: Point): void;
  onError?(): void;
}

/** A photo that is pressed where the dish is. */
export function PhotoTarget({ src, hint, dish, onHint, onError }: Parts) {
  const words = useWords();
  const [ratio, setRatio] = useState(1);
  const point = (event: MouseEvent & { currentTarget: HTMLElement }): void => {
    const frame = event.currentTarget.getBoundingClientRect();
    // A press by keyboard has no place: it means the middle.
    const isByKey = event.detail === 0;
    const share = (at: number, from: number, size: number): number => Math.min(1, Math.max(0, (at - from) / size));
    onHint({
      x: isByKey ? 0.5 : share(event.clientX, frame.left, frame.width),
      y: isByKey ? 0.5 : share(event.clientY, frame.top, frame.height),
    });
  };
  return (
    <button
      type="button"
      class="preview"
      onClick={point}
      aria-label={words.create.hint}
      style={{ width: `min(100%, ${64 * ratio}vh)` }}
    >
      {src && (
        <img
          src={src}
          alt={words.job.photo}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setRatio(naturalWidth / naturalHeight)}
          onError={onError}
        />
      )}
      {!hint && dish && (
        <span
          class="found"
          style={{
            left: `${dish.x * 100}%`,
            top: `${dish.y * 100}%`,
            width: `${dish.width * 100}%`,
            height: `${dish.height * 100}%`,
          }}
          aria-hidden="true"
        />
      )}
      {hint && <span class="pin" style={{ left: `${hint.x * 100}%`, top: `${hint.y * 100}%` }} aria-hidden="true" />}
    </button>
  );
}
