import { useState } from 'preact/hooks';
import { api, archiveUrl } from '../api/client.js';
import type { JobDetail } from '../api/types.js';
import { Link } from '../router.js';
import { useSession } from '../session/session.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { order } from '../ui/notice.js';
import { day, useWords } from '../words/index.js';
import { troubleWords } from '../words/reasons.js';
import { jobMoodOf, stageWords } from '../words/states.js';

export function BackLink() {
  const words = useWords();
  return (
    <Link to="/" class="back">
      <Icon name="arrow" />
      {words.nav.board}
    </Link>
  );
}

/** As its owner would call it. */
export const nameOf = (job: JobDetail): string =>
  job.brief?.roles.dish ?? job.inputs.descKor ?? job.shop ?? job.tenantId ?? '';

/** What it is, how it stands, and what can be done with the whole of it. */
export function Head({ job, onChanged }: { job: JobDetail; onChanged(): void }) {
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
