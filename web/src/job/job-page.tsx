import { useState } from 'preact/hooks';
import { api, archiveUrl, thumbnailUrl } from '../api/client.js';
import type { JobDetail } from '../api/types.js';
import { Link, useTitle } from '../router.js';
import { useSession } from '../session/session.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { order } from '../ui/notice.js';
import { Picture } from '../ui/picture.js';
import { Empty, Trouble } from '../ui/states.js';
import { day, useWords } from '../words/index.js';
import { troubleWords } from '../words/reasons.js';
import { jobMoodOf, stageWords } from '../words/states.js';
import { AdCard } from './ad-card.js';
import { PostPreview } from './post-preview.js';
import { Timeline } from './timeline.js';
import { useJob } from './use-job.js';
import { Viewer } from './viewer.js';

export function JobPage({ jobId }: { jobId: string }) {
  const words = useWords();
  const { data: job, error, refresh } = useJob(jobId);
  const [looking, setLooking] = useState<string>();
  useTitle(job ? nameOf(job) || words.board.untitled : words.loading);
  if (!job) {
    if (error?.status === 404)
      return (
        <Empty {...words.job.gone}>
          <Link to="/" class="button">
            {words.nav.board}
          </Link>
        </Empty>
      );
    if (error) return <Trouble error={error} onRetry={refresh} />;
    return <Loading key="loading" />;
  }
  const looked = job.variants.find(({ variantId }) => variantId === looking);
  return (
    <>
      <Head job={job} onChanged={refresh} />
      <section
        aria-label={words.job.ads}
        class={`ads of-${Math.min(3, job.variants.length)} format-${job.pictureFormat}`}
      >
        {job.variants.map((variant) => (
          <AdCard
            key={variant.variantId}
            variant={variant}
            onLook={() => setLooking(variant.variantId)}
            onChanged={refresh}
          />
        ))}
      </section>
      <div class="job-columns">
        <PostPreview job={job} onChanged={refresh} />
        <div class="job-side">
          <Inputs job={job} />
          <Timeline job={job} />
        </div>
      </div>
      {looked && <Viewer job={job} variant={looked} onClose={() => setLooking(undefined)} />}
    </>
  );
}

/** Everything in its place before anything is known of it. */
function Loading() {
  const words = useWords();
  return (
    <div aria-busy="true">
      <BackLink />
      <div class="page-head">
        <div>
          <h1 class="skeleton" aria-hidden="true">
            &nbsp;
          </h1>
          <p class="quiet">{words.loading}</p>
        </div>
      </div>
      <div class="ads">
        {[1, 2, 3].map((n) => (
          <div key={n} class="ad skeleton" />
        ))}
      </div>
    </div>
  );
}

function BackLink() {
  const words = useWords();
  return (
    <Link to="/" class="back">
      <Icon name="arrow" />
      {words.nav.board}
    </Link>
  );
}

const nameOf = (job: JobDetail): string => job.inputs.descKor ?? job.shop ?? job.tenantId ?? '';

function Head({ job, onChanged }: { job: JobDetail; onChanged(): void }) {
  const words = useWords();
  const { mayOperate } = useSession();
  const [isCancelling, setCancelling] = useState(false);
  const mood = jobMoodOf(job);
  const hasFinished = job.variants.some(({ pictures }) => pictures.finished);
  const hasStopped = job.variants.some(({ status }) => status === 'failed');
  const isMoving = mood === 'working' || mood === 'waiting';
  const give = (what: Promise<Parameters<typeof order>[0] extends Promise<infer A> ? A : never>): void =>
    void order(what).then(onChanged);
  return (
    <>
      <BackLink />
      <div class="page-head" data-job-state={`${job.step}/${job.status}`}>
        <div>
          <h1>{nameOf(job) || words.board.untitled}</h1>
          <p class="quiet">
            <span class={`state ${mood}`}>{mood === 'working' ? stageWords(job.step, words) : words.state[mood]}</span>{' '}
            {words.job.created(day(job.createdAt))}
          </p>
        </div>
        <div class="actions">
          {mayOperate && hasStopped && job.variants.length > 1 && (
            <button type="button" class="button" onClick={() => give(api.retryJob(job.jobId))}>
              <Icon name="retry" />
              {words.mend.retryJob}
            </button>
          )}
          {mayOperate && isMoving && (
            <button type="button" class="button" onClick={() => setCancelling(true)}>
              {words.mend.cancelJob}
            </button>
          )}
          {hasFinished && (
            <a class={isMoving ? 'button' : 'button primary'} href={archiveUrl(job.jobId)} download>
              <Icon name="download" />
              {words.job.download}
            </a>
          )}
        </div>
      </div>
      {job.status === 'failed' && job.reason && !hasStopped && (
        <p class="banner bad">
          <Icon name="warn" />
          <span>{troubleWords(job.reason, words).join(' ')}</span>
        </p>
      )}
      {isCancelling && (
        <Confirm
          title={words.mend.cancelJobTitle}
          text={words.mend.cancelJobText}
          action={words.mend.cancelJobConfirm}
          onConfirm={() => give(api.cancelJob(job.jobId))}
          onClose={() => setCancelling(false)}
          danger
        />
      )}
    </>
  );
}

function Inputs({ job }: { job: JobDetail }) {
  const words = useWords();
  const { descKor, descEng, tone, photoUrl } = job.inputs;
  return (
    <section class="panel inputs">
      {photoUrl && (
        <a href={photoUrl} target="_blank" rel="noreferrer" class="input-photo">
          <Picture src={thumbnailUrl(photoUrl, 320)} alt={words.job.photoAlt} />
        </a>
      )}
      <dl>
        <dt>{words.job.description}</dt>
        <dd>{descKor ?? descEng ?? '–'}</dd>
        <dt>{words.job.tone}</dt>
        <dd>{tone ?? '–'}</dd>
        {job.tenantId && (
          <>
            <dt>{words.board.filters.tenant}</dt>
            <dd>
              <Link to={`/?${new URLSearchParams({ tab: 'all', shop: job.tenantId })}`}>
                {job.shop ?? job.tenantId}
              </Link>
            </dd>
          </>
        )}
      </dl>
      <details>
        <summary>{words.job.technical}</summary>
        <ul class="ids">
          <WorkflowLink id={job.workflowId} url={job.workflowUrl} />
          {job.variants.map(({ variantId, workflowId, workflowUrl }) => (
            <WorkflowLink key={variantId} id={workflowId} url={workflowUrl} />
          ))}
        </ul>
      </details>
    </section>
  );
}

const WorkflowLink = ({ id, url }: { id: string; url: string | null }) => (
  <li>
    {url ? (
      <a href={url} target="_blank" rel="noreferrer">
        {id}
      </a>
    ) : (
      id
    )}
  </li>
);
