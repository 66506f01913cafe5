import type { JobDetail } from '../api/types.js';
import { Leftovers } from '../create/remarks.js';
import { ROLES } from '../create/roles.js';
import { Whereabouts } from '../create/understood.js';
import { useWords } from '../words/index.js';

/** Every word of the owner and where it is: on which pictures, in the post, or nowhere and why. */
export function Said({ job }: { job: JobDetail }) {
  const words = useWords();
  const { brief, coverage } = job;
  if (!brief) return null;
  // A brief that was changed by hand no longer has the sentence that it came from.
  const sentence = brief.sentence ?? job.inputs.descKor;
  const roles = ROLES.filter((role) => brief.roles[role]);
  return (
    <section class="panel said" aria-labelledby="said-heading">
      <h2 id="said-heading">{words.job.said}</h2>
      {sentence && (
        <p class="quiet" lang="ko">
          <q>{sentence}</q>
        </p>
      )}
      <dl>
        {roles.map((role) => (
          <div key={role} data-role={role}>
            <dt>{words.roles[role]}</dt>
            <dd>
              <span lang="ko">{brief.roles[role]}</span>
              <Whereabouts coverage={coverage.find((one) => one.role === role)} />
            </dd>
          </div>
        ))}
      </dl>
      <Leftovers leftovers={brief.leftovers} />
    </section>
  );
}
