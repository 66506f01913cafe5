import { useId, useState } from 'preact/hooks';
import type { Area } from '../api/types.js';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notice.js';
import { useWords } from '../words/index.js';
import { photoKindOf } from './photo-kind.js';
import { PhotoPreview } from './photo-preview.js';

/** Shares of the upright photo. */
export interface Point {
  x: number;
  y: number;
}

/** Names beside types: some systems know neither HEIC nor AVIF. What a file really is, its first bytes say. */
const ACCEPTED = 'image/*,.heic,.heif,.avif';
const LARGEST = 64 * 1024 * 1024;

interface Parts {
  photo: File | undefined;
  hint: Point | undefined;
  /** Where the dish was found; framed, so that its owner sees when something else was taken for it. */
  dish?: Area | undefined;
  onPhoto(photo: File): void;
  onHint(hint: Point | undefined): void;
}

/** Takes a photo by drop, choice or camera, and then a tap on the dish. */
export function PhotoField({ photo, hint, dish, onPhoto, onHint }: Parts) {
  const words = useWords();
  const [isOver, setOver] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size > LARGEST) return notify(words.create.tooLarge, true);
    if (!(await photoKindOf(file))) return notify(words.create.wrongKind, true);
    onPhoto(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer?.files[0]);
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
          <PhotoPreview photo={photo} dish={dish} hint={hint} onHint={onHint} />
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
          <p class="quiet grow">{hint ? words.create.hintSet : dish ? words.create.dishFound : words.create.hint}</p>
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

export function Chooser({
  label,
  onFile,
  camera = false,
  primary = false,
  accept = ACCEPTED,
}: {
  label: string;
  onFile(file: File | undefined): void;
  camera?: boolean;
  primary?: boolean;
  accept?: string;
}) {
  const id = useId();
  return (
    <span class={camera ? 'chooser camera' : 'chooser'}>
      <input
        id={id}
        type="file"
        class="visually-hidden"
        accept={accept}
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
