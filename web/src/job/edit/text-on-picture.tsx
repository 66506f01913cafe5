import { useState } from 'preact/hooks';
import type { PictureTexts, TextSlot } from '../../api/making-types.js';
import type { DrawnElement } from '../../api/types.js';
import { useWords } from '../../words/index.js';
import { isLong } from '../../create/roles.js';

/** Width of the canvas that `fontSize` is measured on, in pixels. */
const CANVAS = 1080;
/** A field narrower than this share of the picture cannot be written in. */
const NARROWEST = 0.46;

interface Parts {
  url: string;
  alt: string;
  elements: DrawnElement[];
  texts: PictureTexts;
  onText(slot: TextSlot, text: string): void;
}

/** The finished picture: a press on any of its texts opens it for writing, where it stands. */
export function TextOnPicture({ url, alt, elements, texts, onText }: Parts) {
  const words = useWords();
  const [open, setOpen] = useState<TextSlot>();
  const opened = elements.find(({ slot }) => slot === open);
  return (
    <div class="editor-picture">
      <img src={url} alt={alt} />
      {elements.map((element) => {
        const { slot, lines } = element;
        const { x, y, width, height } = element.badge ?? element.box;
        const isChanged = flat(texts[slot] ?? '') !== flat(lines.join(' '));
        return (
          <button
            key={slot}
            type="button"
            class={isChanged ? 'spot changed' : 'spot'}
            data-slot={slot}
            aria-label={words.edit.spot(words.slots[slot], texts[slot] ?? lines.join(' '))}
            style={{ left: share(x), top: share(y), width: share(width), height: share(height) }}
            onClick={() => setOpen(slot)}
          />
        );
      })}
      {opened && (
        <WriteHere
          key={opened.slot}
          element={opened}
          text={texts[opened.slot] ?? ''}
          onText={(text) => onText(opened.slot, text)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}

/** Broken lines are one text: where a design breaks them is no change. */
const flat = (text: string): string => text.replace(/\s+/g, '');
const share = (value: number): string => `${value * 100}%`;

function WriteHere({
  element: { slot, box, fontSize, lines },
  text,
  onText,
  onClose,
}: {
  element: DrawnElement;
  text: string;
  onText(text: string): void;
  onClose(): void;
}) {
  const words = useWords();
  const width = Math.min(1, Math.max(box.width + 0.06, NARROWEST));
  const left = Math.max(0, Math.min(1 - width, box.x + box.width / 2 - width / 2));
  const mayBreak = slot === 'headline' || isLong(slot);
  return (
    <textarea
      class="spot-text"
      lang="ko"
      rows={Math.max(lines.length, text.split('\n').length)}
      maxLength={300}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was pressed to be written in
      autofocus
      ref={(field) => field?.focus()}
      aria-label={words.slots[slot]}
      value={text}
      style={{
        left: share(left),
        top: share(Math.min(box.y, 0.86)),
        width: share(width),
        minHeight: share(box.height),
        fontSize: `clamp(16px, ${(fontSize / CANVAS) * 80}cqw, 44px)`,
      }}
      onInput={(event) => onText(event.currentTarget.value)}
      onBlur={onClose}
      onKeyDown={(event) => {
        const isEnd = event.key === 'Escape' || (event.key === 'Enter' && !mayBreak && !event.isComposing);
        if (!isEnd) return;
        // The dialog around it stays open.
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    />
  );
}
