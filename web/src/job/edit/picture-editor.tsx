import { useId, useState } from 'preact/hooks';
import { api } from '../../api/client.js';
import type { Idea, PictureTexts, TextSlot } from '../../api/making-types.js';
import type { JobDetail, VariantDetail } from '../../api/types.js';
import { FormatPicker } from '../../create/format-picker.js';
import { TextFields } from '../../create/idea-cards.js';
import { Dialog } from '../../ui/dialog.js';
import { order } from '../../ui/notice.js';
import { useWords } from '../../words/index.js';
import { changeOf, isWordsOnly, presentOf, type Wanted } from './change.js';
import { DesignPicker } from './design-picker.js';
import { IdeaPicker } from './idea-picker.js';
import { SizeSlider } from './size-slider.js';
import { TextOnPicture } from './text-on-picture.js';
import { ToneSelect } from './tone-select.js';

/** What the editor begins with: where a finding sent its reader. */
export type EditorPart = 'text' | 'design' | 'format';

interface Parts {
  job: JobDetail;
  variant: VariantDetail;
  part?: EditorPart;
  onClose(): void;
  onChanged(): void;
}

/** One picture and everything of it that can be changed; only what depends on a change is made again. */
export function PictureEditor({ job, variant, part = 'text', onClose, onChanged }: Parts) {
  const words = useWords();
  const [before] = useState(() => presentOf(variant));
  const [wanted, setWanted] = useState<Wanted>(before);
  const [isBusy, setBusy] = useState(false);
  const { idea } = wanted;
  const setIdea = (next: Idea): void => setWanted((now) => ({ ...now, idea: next }));
  const setTexts = (texts: PictureTexts): void => setIdea({ ...idea, texts });
  const setText = (slot: TextSlot, text: string): void => setTexts({ ...idea.texts, [slot]: text });
  const change = changeOf(before, wanted, variant.idea !== null);
  const url = variant.pictures.finished;
  const hasHeadline = idea.texts.headline.trim() !== '';

  const run = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!hasHeadline) return;
    setBusy(true);
    const isDone = await order(api.retry(variant.variantId, change ?? {}));
    setBusy(false);
    if (!isDone) return;
    onClose();
    onChanged();
  };

  return (
    <Dialog title={words.edit.title(variant.ordinal)} onClose={onClose} wide>
      <form class={`editor format-${before.format}`} onSubmit={(event) => void run(event)}>
        {url && (
          <div class="editor-stage">
            <TextOnPicture
              url={url}
              alt={words.job.adAlt(variant.ordinal, variant.overlayText ?? '')}
              elements={variant.elements}
              texts={idea.texts}
              onText={setText}
            />
            {variant.elements.length > 0 && <p class="quiet">{words.edit.press}</p>}
          </div>
        )}
        <div class="form">
          <HeadlineField text={idea.texts.headline} onText={(text) => setText('headline', text)} />
          {variant.idea && (
            <>
              <SizeSlider
                scale={idea.headlineScale ?? 1}
                onScale={(headlineScale) => setIdea({ ...idea, headlineScale })}
              />
              <details>
                <summary>{words.edit.others}</summary>
                <TextFields texts={idea.texts} onTexts={setTexts} />
              </details>
              <IdeaPicker job={job} idea={idea} onIdea={setIdea} />
              <DesignPicker
                isOpen={part === 'design'}
                chosen={idea.design ?? variant.design ?? ''}
                onChoose={(design) => setIdea({ ...idea, design })}
              />
            </>
          )}
          <details open={part === 'format'}>
            <summary>{words.edit.otherShape}</summary>
            <div class="form">
              <FormatPicker
                name="edit-format"
                chosen={wanted.format}
                onChoose={(format) => setWanted((now) => ({ ...now, format }))}
              />
              <ToneSelect chosen={wanted.tone} onChoose={(tone) => setWanted((now) => ({ ...now, tone }))} />
            </div>
          </details>
          <p class="quiet" aria-live="polite">
            {change === undefined
              ? words.edit.kept
              : isWordsOnly(before, wanted)
                ? words.edit.wordsOnly
                : words.edit.anew}
          </p>
          <div class="actions end">
            <button type="button" class="button" onClick={onClose}>
              {words.keep}
            </button>
            <button
              type="submit"
              class="button primary"
              disabled={isBusy || !hasHeadline || (change === undefined && variant.status !== 'failed')}
            >
              {words.mend.run}
            </button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}

function HeadlineField({ text, onText }: { text: string; onText(text: string): void }) {
  const words = useWords();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.slots.headline}</label>
      <textarea
        id={id}
        rows={3}
        lang="ko"
        maxLength={300}
        value={text}
        aria-invalid={text.trim() === ''}
        aria-describedby={`${id}-breaks`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <small id={`${id}-breaks`}>{words.edit.breaks}</small>
    </div>
  );
}
