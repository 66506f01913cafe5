import { useState } from 'preact/hooks';
import { api, thumbnailUrl } from '../api/client.js';
import type { JobDetail } from '../api/types.js';
import { useSession } from '../session/session.js';
import { CopyButton } from '../ui/copy-button.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { order } from '../ui/notice.js';
import { Picture } from '../ui/picture.js';
import { useWords } from '../words/index.js';

/** The post as it will look, with the favourite, or the first ad that is finished. */
export function PostPreview({ job, onChanged }: { job: JobDetail; onChanged(): void }) {
  const words = useWords();
  const { mayOperate } = useSession();
  const [isAsking, setAsking] = useState(false);
  const finished = job.variants.filter(({ pictures }) => pictures.finished);
  const shown = finished.find(({ selected }) => selected) ?? finished[0];
  const picture = shown?.pictures.finished;
  const { feed } = job;
  const isDone = job.step === 'instagram_feed_gen' && job.status === 'done';
  if (!picture && job.status === 'failed')
    return (
      <section class="panel post-panel" aria-labelledby="post-heading">
        <h2 id="post-heading">{words.job.post}</h2>
        <p class="quiet">{words.job.noPost}</p>
      </section>
    );
  return (
    <section class="panel post-panel" aria-labelledby="post-heading">
      <h2 id="post-heading">{words.job.post}</h2>
      <div class="post">
        <p class="post-head">
          <span class="post-face" aria-hidden="true">
            {(job.shop ?? words.job.shop).slice(0, 1)}
          </span>
          <strong>{job.shop ?? words.job.shop}</strong>
        </p>
        <div class={`post-picture format-${job.pictureFormat}`}>
          {picture && (
            <Picture src={thumbnailUrl(picture, 720)} alt={words.job.adAlt(shown.ordinal, shown.overlayText ?? '')} />
          )}
        </div>
        <div class="post-text" lang="ko">
          {feed ? (
            <>
              <p class="post-copy">{feed.text}</p>
              <p class="post-tags">
                {feed.hashtags.split(/\s+/).map((tag) => (
                  <span key={tag}>{tag} </span>
                ))}
              </p>
            </>
          ) : (
            <p class="quiet" lang={words.language}>
              {words.job.postPending}
            </p>
          )}
        </div>
      </div>
      {feed && (
        <div class="actions post-actions">
          <CopyButton text={`${feed.text}\n\n${feed.hashtags}`} label={words.job.copyAll} primary />
          <CopyButton text={feed.text} label={words.job.copyText} />
          <CopyButton text={feed.hashtags} label={words.job.copyTags} />
        </div>
      )}
      {mayOperate && isDone && (
        <button type="button" class="button plain" onClick={() => setAsking(true)}>
          <Icon name="retry" />
          {words.mend.rerun}
        </button>
      )}
      {isAsking && (
        <Confirm
          title={words.mend.rerunTitle}
          text={words.mend.rerunText}
          action={words.mend.rerunConfirm}
          onConfirm={() => void order(api.rerunJob(job.jobId)).then(onChanged)}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
