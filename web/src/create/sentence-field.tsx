import { useWords } from '../words/index.js';
import type { Understood } from './use-understanding.js';

/** What the owner wants to say, as she would tell a friend. */
export function SentenceField({
  sentence,
  now,
  onSentence,
}: {
  sentence: string;
  now: Understood;
  onSentence(sentence: string): void;
}) {
  const words = useWords();
  return (
    <div class="field">
      <label for="sentence">{words.create.description}</label>
      <textarea
        id="sentence"
        rows={3}
        lang="ko"
        maxLength={1000}
        placeholder={words.create.descriptionHint}
        aria-describedby="sentence-state"
        value={sentence}
        onInput={(event) => onSentence(event.currentTarget.value)}
      />
      <small id="sentence-state" aria-live="polite">
        {now.hasFailed ? words.create.notUnderstood : now.isAsking ? words.create.understanding : words.create.own}
      </small>
    </div>
  );
}
