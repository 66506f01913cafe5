import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { VariantDetail } from '../api/types.js';
import { useSession } from '../session/session.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { notify, order } from '../ui/notice.js';
import { saveAsJpeg } from '../ui/save-as-jpeg.js';
import { useWords } from '../words/index.js';
import { moodOf } from '../words/states.js';
import type { EditorPart } from './edit/picture-editor.js';

interface Parts {
  variant: VariantDetail;
  onEdit(part?: EditorPart): void;
  onChanged(): void;
}

/** What can be done with an advertisement where it stands. */
export function AdActions({ variant, onEdit, onChanged }: Parts) {
  const words = useWords();
  const { mayOperate } = useSession();
  const [isCancelling, setCancelling] = useState(false);
  const mood = moodOf(variant);
  const hasStopped = mood === 'failed' || mood === 'cancelled';
  return (
    <div class="actions">
      {mayOperate && hasStopped && (
        <button
          type="button"
          class="button primary"
          onClick={() => void order(api.retry(variant.variantId, {})).then(onChanged)}
        >
          <Icon name="retry" />
          {words.mend.retry}
        </button>
      )}
      {mayOperate && (hasStopped || mood === 'ready') && (
        <button type="button" class="button" onClick={() => onEdit()}>
          <Icon name="edit" />
          {words.mend.change}
        </button>
      )}
      {mood === 'ready' && <Downloads variant={variant} />}
      {mayOperate && !hasStopped && mood !== 'ready' && (
        <button type="button" class="button" onClick={() => setCancelling(true)}>
          {words.mend.cancel}
        </button>
      )}
      {isCancelling && (
        <Confirm
          title={words.mend.cancelTitle(variant.ordinal)}
          text={words.mend.cancelText}
          action={words.mend.cancelConfirm}
          onConfirm={() => void order(api.cancelVariant(variant.variantId)).then(onChanged)}
          onClose={() => setCancelling(false)}
          danger
        />
      )}
    </div>
  );
}

/** JPEG as Instagram takes it, and PNG as it was made. */
export function Downloads({ variant }: { variant: VariantDetail }) {
  const words = useWords();
  const { finished } = variant.pictures;
  if (!finished) return null;
  const name = words.job.ad(variant.ordinal);
  return (
    <>
      <button
        type="button"
        class="button"
        aria-label={words.job.downloadAs(name, 'JPEG')}
        onClick={() =>
          void saveAsJpeg(finished, name).catch((error: Error) => notify(words.mend.failed(error.message), true))
        }
      >
        <Icon name="download" />
        JPEG
      </button>
      <a class="button plain" href={finished} download={`${name}.png`} aria-label={words.job.downloadAs(name, 'PNG')}>
        PNG
      </a>
    </>
  );
}
