import { useState } from 'preact/hooks';
import { api, thumbnailUrl } from '../api/client.js';
import type { VariantDetail } from '../api/types.js';
import { Bar } from '../board/job-card.js';
import { useSession } from '../session/session.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { order } from '../ui/notice.js';
import { Picture } from '../ui/picture.js';
import { ago, useWords } from '../words/index.js';
import { isKnown, troubleWords } from '../words/reasons.js';
import { moodOf, progressOf, stageNow, stageWords, stateWords } from '../words/states.js';
import { MendDialog } from './mend-dialog.js';
import { ScoreLine } from './scores.js';

interface Parts {
  variant: VariantDetail;
  onLook(): void;
  onChanged(): void;
}

/** One advertisement: its picture as far as it is, how it stands, and what can be done with it. */
export function AdCard({ variant, onLook, onChanged }: Parts) {
  const words = useWords();
  const mood = moodOf(variant);
  return (
    <article
      class={`ad ${mood}`}
      data-variant={variant.variantId}
      data-state={`${variant.step}/${variant.status}`}
      aria-label={words.job.ad(variant.ordinal)}
    >
      <AdPicture variant={variant} onLook={onLook} />
      <div class="ad-text">
        <div class="ad-head">
          <h2>{words.job.ad(variant.ordinal)}</h2>
          <span class={`state ${mood}`}>{stateWords(variant, words)}</span>
          <Favourite variant={variant} onChanged={onChanged} />
        </div>
        {variant.overlayText && mood !== 'failed' && <p class="headline">{variant.overlayText}</p>}
        {mood === 'ready' && <ScoreLine scores={variant.scores} />}
        {(mood === 'failed' || mood === 'cancelled') && <Trouble variant={variant} />}
        {mood === 'working' && <Waiting variant={variant} />}
        <AdActions variant={variant} onChanged={onChanged} />
      </div>
    </article>
  );
}

function AdPicture({ variant, onLook }: { variant: VariantDetail; onLook(): void }) {
  const words = useWords();
  const { finished, generated, original } = variant.pictures;
  const url = finished ?? generated;
  const mood = moodOf(variant);
  return (
    <button
      type="button"
      class="ad-picture"
      onClick={onLook}
      disabled={!url}
      aria-label={url ? `${words.job.ad(variant.ordinal)}: ${words.job.enlarge}` : undefined}
    >
      {url ? (
        <Picture
          key={url}
          src={thumbnailUrl(url, 720)}
          alt={words.job.adAlt(variant.ordinal, variant.overlayText ?? '')}
          width="720"
          height="720"
        />
      ) : (
        <>
          {original && (
            <Picture class="still-photo" src={thumbnailUrl(original, 320)} alt="" width="320" height="320" />
          )}
          {mood === 'failed' || mood === 'cancelled' ? (
            <Icon name={mood === 'failed' ? 'warn' : 'close'} />
          ) : (
            <span class="tile-label">
              {mood === 'working' ? stageWords(stageNow(variant), words) : words.job.notYet}
            </span>
          )}
        </>
      )}
      {mood === 'working' && <Bar share={progressOf(variant)} />}
    </button>
  );
}

function Favourite({ variant, onChanged }: { variant: VariantDetail; onChanged(): void }) {
  const words = useWords();
  const { mayOperate } = useSession();
  const isFavourite = variant.selected ?? false;
  if (!variant.pictures.finished) return null;
  const turn = (): void => void order(api.select(variant.variantId, !isFavourite), { isSilent: true }).then(onChanged);
  return (
    <button
      type="button"
      class={isFavourite ? 'round favourite chosen' : 'round favourite'}
      aria-pressed={isFavourite}
      aria-label={isFavourite ? words.job.favourite : words.job.makeFavourite}
      title={isFavourite ? words.job.favourite : words.job.makeFavourite}
      disabled={!mayOperate}
      onClick={turn}
    >
      <Icon name="heart" filled={isFavourite} />
    </button>
  );
}

function Trouble({ variant }: { variant: VariantDetail }) {
  const words = useWords();
  const [why, what] = troubleWords(variant.reason, words);
  return (
    <div class="trouble">
      <p>
        <strong>{why}</strong> {what}
      </p>
      {variant.reason && variant.reason !== 'cancelled' && (
        <details open={!isKnown(variant.reason)}>
          <summary>{words.mend.recorded}</summary>
          <p class="quiet" lang="en">
            {variant.reason}
          </p>
        </details>
      )}
    </div>
  );
}

/** What it waits for, or how often this stage was tried already. */
function Waiting({ variant }: { variant: VariantDetail }) {
  const words = useWords();
  const wait = variant.waits.find(({ settledAt }) => settledAt === null);
  const attempt = variant.attempts.findLast(({ state }) => state === 'open');
  if (wait)
    return (
      <p class="quiet">
        {words.timeline.waits(words.timeline.evidence[wait.evidence] ?? wait.evidence)}, {ago(wait.since)}
      </p>
    );
  if (!attempt || attempt.retries + attempt.lost === 0) return null;
  return (
    <p class="quiet">
      {words.timeline.attempts(attempt.retries, attempt.lost)}
      {attempt.reason && `: ${isKnown(attempt.reason) ? troubleWords(attempt.reason, words)[0] : attempt.reason}`}
    </p>
  );
}

function AdActions({ variant, onChanged }: { variant: VariantDetail; onChanged(): void }) {
  const words = useWords();
  const { mayOperate } = useSession();
  const [open, setOpen] = useState<'mend' | 'cancel'>();
  if (!mayOperate) return null;
  const mood = moodOf(variant);
  const isSettled = mood === 'ready' || mood === 'failed' || mood === 'cancelled';
  const close = (): void => setOpen(undefined);
  return (
    <div class="actions">
      {(mood === 'failed' || mood === 'cancelled') && (
        <button
          type="button"
          class="button primary"
          onClick={() => void order(api.retry(variant.variantId, {})).then(onChanged)}
        >
          <Icon name="retry" />
          {words.mend.retry}
        </button>
      )}
      {isSettled ? (
        <button type="button" class="button" onClick={() => setOpen('mend')}>
          <Icon name="edit" />
          {words.mend.change}
        </button>
      ) : (
        <button type="button" class="button" onClick={() => setOpen('cancel')}>
          {words.mend.cancel}
        </button>
      )}
      {mood !== 'ready' && variant.workflowUrl && (
        <a class="button plain" href={variant.workflowUrl} target="_blank" rel="noreferrer">
          Temporal
        </a>
      )}
      {open === 'mend' && <MendDialog variant={variant} onClose={close} onChanged={onChanged} />}
      {open === 'cancel' && (
        <Confirm
          title={words.mend.cancelTitle(variant.ordinal)}
          text={words.mend.cancelText}
          action={words.mend.cancelConfirm}
          onConfirm={() => void order(api.cancelVariant(variant.variantId)).then(onChanged)}
          onClose={close}
          danger
        />
      )}
    </div>
  );
}
