import type { Post } from '../api/making-types.js';
import { useWords } from '../words/index.js';

/** Instagram takes five hashtags since December 2025. */
const MOST_TAGS = 5;
const tagsIn = (hashtags: string): number => hashtags.match(/#[^\s#]+/g)?.length ?? 0;

/** The text and hashtags of the post, to be written in. */
export function PostFields({ post, onPost }: { post: Post; onPost(post: Post): void }) {
  const words = useWords();
  const tags = tagsIn(post.hashtags);
  return (
    <div class="form post-fields">
      <label class="field">
        {words.post.text}
        <textarea
          lang="ko"
          rows={7}
          maxLength={2200}
          value={post.text}
          onInput={(event) => onPost({ ...post, text: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        {words.post.hashtags}
        <input
          type="text"
          lang="ko"
          value={post.hashtags}
          onInput={(event) => onPost({ ...post, hashtags: event.currentTarget.value })}
        />
        <small class={tags > MOST_TAGS ? 'over' : undefined}>{words.post.tagCount(tags, MOST_TAGS)}</small>
      </label>
    </div>
  );
}

/** The post as it would go out with the pictures. */
export function PostDraft({
  proposed,
  changed,
  onPost,
}: {
  proposed: Post;
  changed: Post | undefined;
  onPost(post: Post | undefined): void;
}) {
  const words = useWords();
  return (
    <section class="panel" aria-labelledby="post-draft-heading">
      <div class="idea-head">
        <h2 id="post-draft-heading">{words.create.post}</h2>
        {changed && (
          <button type="button" class="button plain" onClick={() => onPost(undefined)}>
            {words.create.asProposed}
          </button>
        )}
      </div>
      <PostFields post={changed ?? proposed} onPost={onPost} />
    </section>
  );
}
