import { useState } from 'preact/hooks';
import type { JobDetail } from '../api/types.js';
import { Link, useTitle } from '../router.js';
import { Empty, Trouble } from '../ui/states.js';
import { useWords } from '../words/index.js';
import { AdCard } from './ad-card.js';
import { type EditorPart, PictureEditor } from './edit/picture-editor.js';
import type { Mend } from './findings.js';
import { Inputs } from './inputs.js';
import { BackLink, Head, nameOf } from './job-head.js';
import { MarkDialog } from './mark-dialog.js';
import { PhotoDialog } from './photo-dialog.js';
import { PostPreview } from './post-preview.js';
import { Said } from './said.js';
import { Timeline } from './timeline.js';
import { useJob } from './use-job.js';
import { Viewer } from './viewer.js';

/** What lies open over the page, and for which of its pictures. */
type Open =
  | { what: 'viewer' | 'mark'; variantId: string }
  | { what: 'editor'; variantId: string; part: EditorPart | undefined }
  | { what: 'photo' };

export function JobPage({ jobId }: { jobId: string }) {
  const words = useWords();
  const { data: job, error, refresh } = useJob(jobId);
  const [open, setOpen] = useState<Open>();
  const [isEditingPost, setEditingPost] = useState(false);
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
  const mend = (variantId: string, wanted: Mend): void => {
    if (wanted === 'edit post') {
      setEditingPost(true);
      document.getElementById('post')?.scrollIntoView();
    } else if (wanted === 'another photo') setOpen({ what: 'photo' });
    else if (wanted === 'mark the dish') setOpen({ what: 'mark', variantId });
    else setOpen({ what: 'editor', variantId, part: PARTS[wanted] });
  };
  return (
    <>
      <Head job={job} onChanged={refresh} />
      <section
        aria-label={words.job.ads}
        class={`ads of-${Math.min(3, job.variants.length)} format-${job.pictureFormat}`}
      >
        {job.variants.map((variant) => {
          const { variantId } = variant;
          return (
            <AdCard
              key={variantId}
              variant={variant}
              onLook={() => setOpen({ what: 'viewer', variantId })}
              onEdit={(part) => setOpen({ what: 'editor', variantId, part })}
              onMend={(wanted) => mend(variantId, wanted)}
              onChanged={refresh}
            />
          );
        })}
      </section>
      <div class="job-columns">
        <PostPreview job={job} isEditing={isEditingPost} onEdit={setEditingPost} onChanged={refresh} />
        <div class="job-side">
          <Said job={job} />
          <Inputs job={job} onOtherPhoto={() => setOpen({ what: 'photo' })} />
          <Timeline job={job} />
        </div>
      </div>
      {open && <Opened job={job} open={open} onClose={() => setOpen(undefined)} onChanged={refresh} />}
    </>
  );
}

const PARTS: Record<'shorter text' | 'another design' | 'format', EditorPart> = {
  'shorter text': 'text',
  'another design': 'design',
  format: 'format',
};

function Opened({ job, open, onClose, onChanged }: { job: JobDetail; open: Open; onClose(): void; onChanged(): void }) {
  if (open.what === 'photo') return <PhotoDialog job={job} onClose={onClose} onChanged={onChanged} />;
  const variant = job.variants.find(({ variantId }) => variantId === open.variantId);
  if (!variant) return null;
  const parts = { job, variant, onClose };
  if (open.what === 'viewer') return <Viewer {...parts} />;
  if (open.what === 'editor')
    return <PictureEditor {...parts} {...(open.part && { part: open.part })} onChanged={onChanged} />;
  const photoUrl = variant.pictures.original ?? job.inputs.photoUrl;
  return photoUrl ? <MarkDialog variant={variant} photoUrl={photoUrl} onClose={onClose} onChanged={onChanged} /> : null;
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
