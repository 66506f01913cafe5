import { api, thumbnailUrl } from '../api/client.js';
import type { VariantDetail } from '../api/types.js';
import { Bar } from '../board/job-card.js';
import { useSession } from '../session/session.js';
import { Icon } from '../ui/icon.js';
import { order } from '../ui/notice.js';
import { Picture } from '../ui/picture.js';
import { ago, useWords } from '../words/index.js';
import { isKnown, troubleWords } from '../words/reasons.js';
import { moodOf, progressOf, stageNow, stageWords, stateWords } from '../words/states.js';
import { AdActions } from './ad-actions.js';
import type { EditorPart } from './edit/picture-editor.js';
import { Findings, findingsOf, type Mend } from './findings.js';
import { ScoreLine } from './scores.js';

interface Parts {
  variant: VariantDetail;
  onLook(): void;
  onEdit(part?: EditorPart): void;
  onMend(mend: Mend): void;
  onChanged(): void;
}

/** One advertisement: its picture as far as it is, how it stands, and what can be done with it. */
export function AdCard({ variant, onLook, onEdit, onMend, onChanged }: Parts) {
  const words = useWords();
  const { mayOperate } = useSession();
  const mood = moodOf(variant);
  const findings = mood === 'ready' ? findingsOf(variant) : [];
  return (
    <article
      class={`ad ${mood} format-${variant.format}`}
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
        {variant.idea && <p class="quiet">{words.ideaKinds[variant.idea.kind]}</p>}
        <Headline variant={variant} />
        {mood === 'ready' && findings.length === 0 && <ScoreLine scores={variant.scores} />}
        <Findings findings={findings} onMend={mayOperate ? onMend : undefined} />
        {variant.leftOut.length > 0 && <LeftOut variant={variant} onEdit={mayOperate ? onEdit : undefined} />}
        {(mood === 'failed' || mood === 'cancelled') && <Trouble variant={variant} />}
        {mood === 'working' && <Waiting variant={variant} />}
        <AdActions variant={variant} onEdit={onEdit} onChanged={onChanged} />
      </div>
    </article>
  );
}

function Headline({ variant: { idea, overlayText, status } }: { variant: VariantDetail }) {
  const text = idea?.texts.headline ?? overlayText;
  if (!text || status === 'failed') return null;
  return (
    <p class="headline" lang="ko">
      {text}
    </p>
  );
}

/** Texts that this picture could not hold: said, and to be changed. */
function LeftOut({ variant, onEdit }: { variant: VariantDetail; onEdit: ((part?: EditorPart) => void) | undefined }) {
  const words = useWords();
  return (
    <div class="remark">
      <ul>
        {variant.leftOut.map(({ slot, text, reason }) => (
          <li key={slot}>
            <span>
              {words.slots[slot]} <q lang="ko">{text}</q> <span class="quiet">{words.leftOut(reason)}</span>
            </span>
          </li>
        ))}
      </ul>
      {onEdit && (
        <button type="button" class="button small" onClick={() => onEdit('text')}>
          {words.mends['shorter text']}
        </button>
      )}
    </div>
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
      {url && mood === 'working' && (
        <span class="at-work">{words.edit.working(stageWords(stageNow(variant), words))}</span>
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
