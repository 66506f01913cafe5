import type { Finding, VariantDetail } from '../api/types.js';
import { Icon } from '../ui/icon.js';
import { useWords } from '../words/index.js';

export type Mend = NonNullable<Finding['mend']>;

/** What the judge found on a picture; older judgements have none. */
export const findingsOf = ({ scores }: VariantDetail): Finding[] => {
  const found = scores.judge?.findings;
  return Array.isArray(found) ? (found as Finding[]) : [];
};

/** What is not as it should be, in an owner's words, each with the button that mends it. */
export function Findings({ findings, onMend }: { findings: Finding[]; onMend?: ((mend: Mend) => void) | undefined }) {
  const words = useWords();
  if (findings.length === 0) return null;
  return (
    <ul class="findings">
      {findings.map(({ code, slot, mend }, index) => (
        <li key={index} class="finding" data-code={code}>
          <Icon name="warn" />
          <span>{words.finding(code, slot)}</span>
          {mend && onMend && (
            <button type="button" class="button small" onClick={() => onMend(mend)}>
              {words.mends[mend] ?? words.mend.change}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
