import { useState } from 'preact/hooks';
import { isVariantStage, VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import { api } from '../api/client.js';
import type { VariantDetail } from '../api/types.js';
import { useResource } from '../api/use-resource.js';
import { Dialog } from '../ui/dialog.js';
import { order } from '../ui/notice.js';
import { useWords } from '../words/index.js';
import { stageWords } from '../words/states.js';

/** Another tone makes another picture; another headline is drawn on the one there is. */
const firstStageFor = (text: string, tone: string, hasFailed: boolean): VariantStage | undefined =>
  tone ? 'img_gen' : text || !hasFailed ? 'overlay' : undefined;

export function MendDialog({
  variant,
  onClose,
  onChanged,
}: {
  variant: VariantDetail;
  onClose(): void;
  onChanged(): void;
}) {
  const words = useWords();
  const tones = useResource('tones', api.tones);
  const reached = variant.step && isVariantStage(variant.step) ? VARIANT_STAGES.indexOf(variant.step) : 0;
  const hasFailed = variant.status === 'failed';
  const [from, setFrom] = useState<string>();
  const [text, setText] = useState('');
  const [tone, setTone] = useState('');
  const [isBusy, setBusy] = useState(false);
  const stages = VARIANT_STAGES.slice(0, reached + 1);
  const wanted = firstStageFor(text, tone, hasFailed);
  // It cannot begin further on than it has come; the headline is drawn on the way there.
  const chosen = from ?? (wanted && stages.includes(wanted) ? wanted : (stages.at(-1) ?? 'img_gen'));

  const run = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const headline = text.trim();
    const isDone = await order(
      api.retry(variant.variantId, { from: chosen, ...(headline && { text: headline }), ...(tone && { tone }) }),
    );
    setBusy(false);
    if (!isDone) return;
    onClose();
    onChanged();
  };

  return (
    <Dialog title={words.mend.changeTitle(variant.ordinal)} onClose={onClose}>
      <form class="form" onSubmit={(event) => void run(event)}>
        <label class="field">
          {words.mend.text}
          <input
            type="text"
            maxLength={60}
            placeholder={variant.overlayText ?? ''}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <small>{words.mend.textHint}</small>
        </label>
        <label class="field">
          {words.mend.tone}
          <select value={tone} onChange={(event) => setTone(event.currentTarget.value)}>
            <option value="">{words.mend.sameTone}</option>
            {tones.data?.items.map(({ toneStyleId, englishName, koreanName }) => (
              <option key={toneStyleId} value={toneStyleId}>
                {words.language === 'ko' ? (koreanName ?? englishName) : englishName}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          {words.mend.from}
          <select value={chosen} onChange={(event) => setFrom(event.currentTarget.value)}>
            {stages.map((stage, index) => (
              <option key={stage} value={stage}>
                {hasFailed && index === reached
                  ? words.mend.fromFailed(stageWords(stage, words))
                  : stageWords(stage, words)}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet">{words.mend.kept}</p>
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>
            {words.keep}
          </button>
          <button type="submit" class="button primary" disabled={isBusy}>
            {words.mend.run}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
