import { api } from '../../api/client.js';
import { useResource } from '../../api/use-resource.js';
import { useWords } from '../../words/index.js';

/** Another tone for a picture that is there already; empty: as it is. */
export function ToneSelect({ chosen, onChoose }: { chosen: string; onChoose(toneStyleId: string): void }) {
  const words = useWords();
  const tones = useResource('tones', (signal) => api.tones(null, signal));
  return (
    <label class="field">
      {words.mend.tone}
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{words.mend.sameTone}</option>
        {tones.data?.items.map(({ toneStyleId, englishName, koreanName }) => (
          <option key={toneStyleId} value={toneStyleId}>
            {words.language === 'ko' ? (koreanName ?? englishName) : englishName}
          </option>
        ))}
      </select>
    </label>
  );
}
