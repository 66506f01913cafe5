import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { Post } from '../api/making-types.js';
import { PostFields } from '../create/post-draft.js';
import { notify } from '../ui/notice.js';
import { useWords } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';

interface Parts {
  jobId: string;
  post: Post;
  onClose(): void;
  onChanged(): void;
}

/** The post's text, written in where it stands. */
export function PostEditor({ jobId, post, onClose, onChanged }: Parts) {
  const words = useWords();
  const [wanted, setWanted] = useState(post);
  const [isBusy, setBusy] = useState(false);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await api.editPost(jobId, { text: wanted.text.trim(), hashtags: wanted.hashtags.trim() });
      notify(words.post.saved);
      onClose();
      onChanged();
    } catch (error) {
      notify(words.mend.failed(refusalWords((error as Error).message, words)), true);
      setBusy(false);
    }
  };
  return (
    <form class="post-text" onSubmit={(event) => void save(event)}>
      <PostFields post={wanted} onPost={setWanted} />
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          {words.keep}
        </button>
        <button type="submit" class="button primary" disabled={isBusy || wanted.text.trim() === ''}>
          {words.post.save}
        </button>
      </div>
    </form>
  );
}
