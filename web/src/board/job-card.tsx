import { memo } from './memo.js';
import { thumbnailUrl } from '../api/client.js';
import type { JobSummary, VariantSummary } from '../api/types.js';
import { Link } from '../router.js';
import { Icon } from '../ui/icon.js';
import { Picture } from '../ui/picture.js';
import { ago, useWords, type Words } from '../words/index.js';
import { isKnown, troubleWords } from '../words/reasons.js';
import { jobMoodOf, moodOf, progressOf, stageNow, stageWords, stateWords } from '../words/states.js';

/** Below the pictures: two lines and their padding. Kept here, because the grid computes with it. */
const TEXT_HEIGHT = 84;
/** Side by side; they share the width, and their strip is as high as one of three is wide. */
const PICTURES = 3;
export const cardHeight = (width: number): number => Math.round(width / PICTURES) + TEXT_HEIGHT;

/** A job at a glance: its pictures as they come, what it is called, and how it stands. */
export const JobCard = memo(({ job }: { job: JobSummary }) => {
  const words = useWords();
  const title = job.description ?? job.shop ?? job.tone ?? job.tenantId ?? words.board.untitled;
  const shown = job.variants.slice(0, PICTURES);
  const beyond = job.variants.length - shown.length;
  return (
    <Link to={`/jobs/${job.jobId}`} class="card" data-job={job.jobId} data-state={`${job.step}/${job.status}`}>
      <div class="card-pictures">
        {shown.map((variant, index) => (
          <Tile
            key={variant.variantId}
            variant={variant}
            ordinal={index + 1}
            words={words}
            width={shown.length === 1 ? 720 : 320}
          />
        ))}
        {shown.length === 0 && <span class="tile-label">{words.state.waiting}</span>}
      </div>
      <div class="card-text">
        <strong class="card-title">{title}</strong>
        <span class="card-when">{ago(job.createdAt)}</span>
        <JobState job={job} words={words} />
        <span class="card-when card-shop">{beyond > 0 ? words.board.beyond(beyond) : job.shop}</span>
      </div>
    </Link>
  );
});

function Tile({
  variant,
  ordinal,
  words,
  width,
}: {
  variant: VariantSummary;
  ordinal: number;
  words: Words;
  width: 320 | 720;
}) {
  const mood = moodOf(variant);
  const label = words.board.variant(ordinal, stateWords(variant, words));
  return (
    <div class={`tile ${mood}`} data-variant={variant.variantId} data-state={`${variant.step}/${variant.status}`}>
      {variant.pictureUrl ? (
        <Picture src={thumbnailUrl(variant.pictureUrl, width)} alt={label} decoding="async" />
      ) : (
        <span class="tile-label">
          <span class="visually-hidden">{label}</span>
          <span aria-hidden="true">
            {mood === 'working' ? stageWords(stageNow(variant), words) : words.state[mood]}
          </span>
        </span>
      )}
      {mood === 'failed' && (
        <span class="tile-mark" aria-hidden="true">
          <Icon name="warn" />
        </span>
      )}
      {variant.selected && (
        <span class="tile-mark favourite" aria-hidden="true">
          <Icon name="heart" filled />
        </span>
      )}
      {mood === 'working' && <Bar share={progressOf(variant)} />}
    </div>
  );
}

export const Bar = ({ share }: { share: number }) => (
  <span class="bar" aria-hidden="true">
    <span style={{ transform: `scaleX(${share})` }} />
  </span>
);

function JobState({ job, words }: { job: JobSummary; words: Words }) {
  const mood = jobMoodOf(job);
  const [trouble] = job.attention;
  if (trouble && mood !== 'cancelled') return <span class="state failed">{troubleOf(job, trouble, words)}</span>;
  if (mood !== 'working') return <span class={`state ${mood}`}>{words.state[mood]}</span>;
  const ready = job.variants.filter((variant) => moodOf(variant) === 'ready').length;
  return (
    <span class="state working">
      {ready > 0 && ready < job.variants.length
        ? words.board.readyOf(ready, job.variants.length)
        : stageWords(job.step, words)}
    </span>
  );
}

/** Why an ad has stopped, where that is known; else what kind of trouble it is. */
function troubleOf({ variants }: JobSummary, trouble: string, words: Words): string {
  const stopped = variants.find((variant) => moodOf(variant) === 'failed' && isKnown(variant.reason));
  if (stopped && trouble.endsWith('failed')) return troubleWords(stopped.reason, words)[0];
  return words.trouble.attention[trouble] ?? trouble;
}
