import type { Leftover, Warning } from '../api/making-types.js';
import { Icon } from '../ui/icon.js';
import { useWords } from '../words/index.js';

/** Words of the sentence that found no place, each with its reason: nothing is lost without a word. */
export function Leftovers({ leftovers, onTake }: { leftovers: Leftover[]; onTake?(text: string): void }) {
  const words = useWords();
  if (leftovers.length === 0) return null;
  return (
    <div class="remark">
      <h3>{words.create.leftovers}</h3>
      <ul>
        {leftovers.map(({ text, reason }) => (
          <li key={text}>
            <span>
              <q lang="ko">{text}</q> <span class="quiet">{words.leftover(reason)}</span>
            </span>
            {onTake && (
              <button type="button" class="button plain" onClick={() => onTake(text)}>
                {words.create.takeLeftover}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Words that food advertising law restricts: pointed out, never removed. */
export function Warnings({ warnings }: { warnings: Warning[] }) {
  const words = useWords();
  if (warnings.length === 0) return null;
  return (
    <div class="remark warn">
      <h3>
        <Icon name="warn" />
        {words.create.warnings}
      </h3>
      <ul>
        {warnings.map(({ words: said, code, law }) => (
          <li key={`${code}${said}`}>
            <span>
              <q lang="ko">{said}</q> {words.warning(code, law)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
