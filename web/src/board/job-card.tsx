import { memo } from './memo.js';
import { thumbnailUrl } from '../api/client.js';
import type { JobSummary, VariantSummary } from '../api/types.js';
import { Link } from '../router.js';
import { Icon } from '../ui/icon.js';
import { Picture } from '../ui/picture.js';
import { ago, useWords, type Words } from '../words/index.js';
import { jobMoodOf, moodOf, progressOf, stageNow, stageWords, stateWords } from '../words/states.js';

/** Below the pictures: two lines and their padding. Kept here, because the grid computes with it. */
const TEXT_HEIGHT = 84;
const PICTURES = 3;
const SEAM = 3;
export const cardHeight = (width: number): number =>
  Math.round((width - SEAM * (PICTURES - 1)) / PICTURES) + TEXT_HEIGHT;

/** A job at a glance: its pictures as they come, what it is called, and how it stands. */
export const JobCard = memo(({ job }: { job: JobSummary }) => {
  const words = useWords();
  const title = job.description ?? job.shop ?? job.tone ?? job.tenantId ?? words.board.untitled;
  return (
    <Link to={`/jobs/${job.jobId}`} class="card" data-job={job.jobId} data-state={`${job.step}/${job.status}`}>
      <div class="card-pictures">
        {job.variants.slice(0, PICTURES).map((variant, index) => (
          <Tile key={variant.variantId} variant={variant} ordinal={index + 1} words={words} />
        ))}
      </div>
      <div class="card-text">
        <strong class="card-title">{title}</strong>
        <span class="card-when">{ago(job.createdAt)}</span>
        <JobState job={job} words={words} />
        <span class="card-when card-shop">
          {job.variants.length > PICTURES ? `+${job.variants.length - PICTURES}` : job.shop}
        </span>
      </div>
    </Link>
  );
});

function Tile({ variant, ordinal, words }: { variant: VariantSummary; ordinal: number; words: Words }) {
  const mood = moodOf(variant);
  const label = words.board.variant(ordinal, stateWords(variant, words));
  return (
    <div class={`tile ${mood}`} data-variant={variant.variantId} data-state={`${variant.step}/${variant.status}`}>
      {variant.pictureUrl ? (
        <Picture src={thumbnailUrl(variant.pictureUrl, 320)} alt={label} decoding="async" />
      ) : (
        <span class="tile-label">
          <span class="visually-hidden">{label}</span>
          <span aria-hidden="true">
            {mood === 'waiting' ? words.state.waiting : stageWords(stageNow(variant), words)}
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
  if (trouble && mood !== 'cancelled')
    return <span class="state failed">{words.trouble.attention[trouble] ?? trouble}</span>;
  if (mood === 'working') return <span class="state working">{stageWords(job.step, words)}</span>;
  return <span class={`state ${mood}`}>{words.state[mood]}</span>;
}
