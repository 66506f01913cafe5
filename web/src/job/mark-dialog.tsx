import { useState } from 'preact/hooks';
import { api, thumbnailUrl } from '../api/client.js';
import type { VariantDetail } from '../api/types.js';
import type { Point } from '../create/photo-field.js';
import { PhotoTarget } from '../create/photo-target.js';
import { Dialog } from '../ui/dialog.js';
import { order } from '../ui/notice.js';
import { useWords } from '../words/index.js';

interface Parts {
  variant: VariantDetail;
  photoUrl: string;
  onClose(): void;
  onChanged(): void;
}

/** Where the dish is on the photo that was sent, for a picture that took something else for it. */
export function MarkDialog({ variant, photoUrl, onClose, onChanged }: Parts) {
  const words = useWords();
  const [hint, setHint] = useState<Point>();
  const [isBusy, setBusy] = useState(false);
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!hint) return;
    setBusy(true);
    const isDone = await order(api.retry(variant.variantId, { hint }));
    setBusy(false);
    if (!isDone) return;
    onClose();
    onChanged();
  };
  return (
    <Dialog title={words.mends['mark the dish'] ?? ''} onClose={onClose}>
      <form class="form" onSubmit={(event) => void send(event)}>
        <p class="quiet">{hint ? words.create.hintSet : words.create.hint}</p>
        <PhotoTarget src={thumbnailUrl(photoUrl, 720)} hint={hint} onHint={setHint} />
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>
            {words.keep}
          </button>
          <button type="submit" class="button primary" disabled={!hint || isBusy}>
            {words.mend.run}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
