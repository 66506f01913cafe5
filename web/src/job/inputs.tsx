import { thumbnailUrl } from '../api/client.js';
import type { JobDetail } from '../api/types.js';
import { Link } from '../router.js';
import { isEverybodys, useSession } from '../session/session.js';
import { Icon } from '../ui/icon.js';
import { Picture } from '../ui/picture.js';
import { useWords } from '../words/index.js';

/** What was sent: photo, words, tone; and whose it is. */
export function Inputs({ job, onOtherPhoto }: { job: JobDetail; onOtherPhoto(): void }) {
  const words = useWords();
  const { mayOperate } = useSession();
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
        <ShopName job={job} />
      </dl>
      {mayOperate && photoUrl && (
        <div class="actions">
          <button type="button" class="button" onClick={onOtherPhoto}>
            <Icon name="photo" />
            {words.job.otherPhoto}
          </button>
        </div>
      )}
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

/** A link to a shop's advertisements, for those who see several shops and where it is one shop's alone. */
function ShopName({ job: { tenantId, shop } }: { job: JobDetail }) {
  const words = useWords();
  const session = useSession();
  const name = shop ?? tenantId;
  if (!name || !tenantId) return null;
  const isOne = session.tenantId === null && !isEverybodys(tenantId);
  return (
    <>
      <dt>{words.board.filters.tenant}</dt>
      <dd>{isOne ? <Link to={`/?${new URLSearchParams({ tab: 'all', shop: tenantId })}`}>{name}</Link> : name}</dd>
    </>
  );
}
