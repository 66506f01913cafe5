import { api } from '../../api/client.js';
import type { Idea, IdeaKind } from '../../api/making-types.js';
import type { JobDetail } from '../../api/types.js';
import { useResource } from '../../api/use-resource.js';
import { tenantOf } from '../../session/session.js';
import { useWords } from '../../words/index.js';

const KINDS: IdeaKind[] = ['dish', 'deal', 'moment'];

/** What the picture leads with. Another idea brings its own words, as they were thought of for this job. */
export function IdeaPicker({ job, idea, onIdea }: { job: JobDetail; idea: Idea; onIdea(idea: Idea): void }) {
  const words = useWords();
  const brief = job.brief?.roles;
  const proposed = useResource(`ideas ${job.jobId}`, async (signal) =>
    brief ? (await api.understand({ brief, tenantId: tenantOf(job) }, signal)).ideas : [],
  );
  const choose = (kind: IdeaKind): void => {
    const other = proposed.data?.find((one) => one.kind === kind);
    onIdea({ ...idea, kind, texts: other?.texts ?? idea.texts });
  };
  return (
    <fieldset class="field kinds">
      <legend>{words.edit.idea}</legend>
      {KINDS.map((kind) => (
        <label key={kind} class="kind">
          <input type="radio" name="idea-kind" checked={idea.kind === kind} onChange={() => choose(kind)} />
          {words.ideaKinds[kind]}
        </label>
      ))}
    </fieldset>
  );
}
