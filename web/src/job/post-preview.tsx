import { useState } from 'preact/hooks';
import { api, thumbnailUrl } from '../api/client.js';
import type { Post } from '../api/making-types.js';
import type { JobDetail } from '../api/types.js';
import { useSession } from '../session/session.js';
import { CopyButton } from '../ui/copy-button.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { order } from '../ui/notice.js';
import { Picture } from '../ui/picture.js';
import { useWords } from '../words/index.js';
import { PostEditor } from './post-editor.js';

interface Parts {
  job: JobDetail;
  isEditing: boolean;
  onEdit(isEditing: boolean): void;
  onChanged(): void;
}

/** The post as it will look, with the favourite, or the first ad that is finished; its text is there from the first. */
export function PostPreview({ job, isEditing, onEdit, onChanged }: Parts) {
  const words = useWords();
  const { mayOperate } = useSession();
  const [isAsking, setAsking] = useState(false);
  const finished = job.variants.filter(({ pictures }) => pictures.finished);
  const shown = finished.find(({ selected }) => selected) ?? finished[0];
  const picture = shown?.pictures.finished;
  const post = job.post ?? job.feed;
  const isDone = job.step === 'instagram_feed_gen' && job.status === 'done';
  const format = shown?.format ?? job.pictureFormat;
  if (!picture && job.status === 'failed' && !post)
    return (
      <section class="panel post-panel" aria-labelledby="post-heading">
        <h2 id="post-heading">{words.job.post}</h2>
        <p class="quiet">{words.job.noPost}</p>
      </section>
    );
  return (
    <section class="panel post-panel" aria-labelledby="post-heading" id="post">
      <div class="idea-head">
        <h2 id="post-heading">{words.job.post}</h2>
        {job.post?.edited && <span class="quiet">{words.post.edited}</span>}
        {post && mayOperate && !isEditing && (
          <button type="button" class="button plain" onClick={() => onEdit(true)}>
            <Icon name="edit" />
            {words.post.edit}
          </button>
        )}
      </div>
      <div class="post">
        <p class="post-head">
          <span class="post-face" aria-hidden="true">
            {(job.shop ?? words.job.shop).slice(0, 1)}
          </span>
          <strong>{job.shop ?? words.job.shop}</strong>
        </p>
        <div class={`post-picture format-${format}`}>
          {picture && (
            <Picture src={thumbnailUrl(picture, 720)} alt={words.job.adAlt(shown.ordinal, shown.overlayText ?? '')} />
          )}
        </div>
        {post && isEditing ? (
          <PostEditor jobId={job.jobId} post={plain(post)} onClose={() => onEdit(false)} onChanged={onChanged} />
        ) : (
          <PostText post={post} />
        )}
      </div>
      {post && !isEditing && (
        <div class="actions post-actions">
          <CopyButton text={`${post.text}\n\n${post.hashtags}`.trim()} label={words.job.copyAll} primary />
          <CopyButton text={post.text} label={words.job.copyText} />
          <CopyButton text={post.hashtags} label={words.job.copyTags} />
        </div>
      )}
      {mayOperate && isDone && !isEditing && (
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

const plain = ({ text, hashtags }: Post): Post => ({ text, hashtags });

function PostText({ post }: { post: Post | null }) {
  const words = useWords();
  return (
    <div class="post-text" lang="ko">
      {post ? (
        <>
          <p class="post-copy">{post.text}</p>
          <p class="post-tags">
            {post.hashtags.split(/\s+/).map((tag) => (
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
  );
}
