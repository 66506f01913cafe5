import { useEffect, useId, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notice.js';
import { useWords } from '../words/index.js';

/** Shares of the upright photo. */
export interface Point {
  x: number;
  y: number;
}

const KINDS = ['image/jpeg', 'image/png', 'image/webp'];
const LARGEST = 20 * 1024 * 1024;

interface Parts {
  photo: File | undefined;
  hint: Point | undefined;
  onPhoto(photo: File): void;
  onHint(hint: Point | undefined): void;
}

/** Takes a photo by drop, choice or camera, and then a tap on the dish. */
export function PhotoField({ photo, hint, onPhoto, onHint }: Parts) {
  const words = useWords();
  const [isOver, setOver] = useState(false);
  const take = (file: File | undefined): void => {
    if (!file) return;
    if (!KINDS.includes(file.type)) return notify(words.create.wrongKind, true);
    if (file.size > LARGEST) return notify(words.create.tooLarge, true);
    onPhoto(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files[0]);
  };
  return (
    <div class="photo-field">
      <div
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {photo ? (
          <Preview photo={photo} hint={hint} onHint={onHint} />
        ) : (
          <div class="drop-empty">
            <Icon name="photo" />
            <p class="drop-title for-mouse">{words.create.drop}</p>
            <p class="drop-title for-touch">{words.create.add}</p>
            <div class="actions">
              <Chooser label={words.create.choose} onFile={take} primary />
              <Chooser label={words.create.camera} onFile={take} camera />
            </div>
            <p class="quiet">{words.create.kinds}</p>
          </div>
        )}
      </div>
      {photo && (
        <div class="actions">
          <p class="quiet grow">{hint ? words.create.hintSet : words.create.hint}</p>
          {hint && (
            <button type="button" class="button plain" onClick={() => onHint(undefined)}>
              {words.create.hintClear}
            </button>
          )}
          <Chooser label={words.create.other} onFile={take} />
        </div>
      )}
    </div>
  );
}

function Chooser({
  label,
  onFile,
  camera = false,
  primary = false,
}: {
  label: string;
  onFile(file: File | undefined): void;
  camera?: boolean;
  primary?: boolean;
}) {
  const id = useId();
  return (
    <span class={camera ? 'chooser camera' : 'chooser'}>
      <input
        id={id}
        type="file"
        class="visually-hidden"
        accept={KINDS.join(',')}
        {...(camera && { capture: 'environment' })}
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <label for={id} class={primary ? 'button primary' : 'button'}>
        <Icon name={camera ? 'camera' : 'photo'} />
        {label}
      </label>
    </span>
  );
}

function Preview({ photo, hint, onHint }: { photo: File; hint: Point | undefined; onHint(hint: Point): void }) {
  const words = useWords();
  const [url, setUrl] = useState<string>();
  const [ratio, setRatio] = useState(1);
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
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
      {url && (
        <img
          src={url}
          alt={words.job.photo}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setRatio(naturalWidth / naturalHeight)}
        />
      )}
      {hint && <span class="pin" style={{ left: `${hint.x * 100}%`, top: `${hint.y * 100}%` }} aria-hidden="true" />}
    </button>
  );
}
