import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { JobDetail } from '../api/types.js';
import { dishIn, PhotoAdviceList, useAdvice } from '../create/photo-advice.js';
import { PhotoField, type Point } from '../create/photo-field.js';
import { Dialog } from '../ui/dialog.js';
import { order } from '../ui/notice.js';
import { useWords } from '../words/index.js';

/** Another photo for all pictures of a job, with what is to be said about it. */
export function PhotoDialog({ job, onClose, onChanged }: { job: JobDetail; onClose(): void; onChanged(): void }) {
  const words = useWords();
  const [photo, setPhoto] = useState<File>();
  const [hint, setHint] = useState<Point>();
  const [isBusy, setBusy] = useState(false);
  const advice = useAdvice(photo);
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!photo) return;
    setBusy(true);
    const isDone = await order(api.replacePhoto(job.jobId, photo, hint));
    setBusy(false);
    if (!isDone) return;
    onClose();
    onChanged();
  };
  return (
    <Dialog title={words.job.otherPhoto} onClose={onClose}>
      <form class="form" onSubmit={(event) => void send(event)}>
        <PhotoField
          photo={photo}
          hint={hint}
          dish={dishIn(advice)}
          onPhoto={(next) => {
            setPhoto(next);
            setHint(undefined);
          }}
          onHint={setHint}
        />
        <PhotoAdviceList now={advice} />
        <p class="quiet">{words.job.otherPhotoText}</p>
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>
            {words.keep}
          </button>
          <button type="submit" class="button primary" disabled={!photo || isBusy}>
            {words.job.otherPhotoUse}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
