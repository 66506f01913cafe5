import { useWords } from '../words/index.js';

/** The faces that headlines can be set in; null leaves the choice to the design. */
export function FacePicker({ face, onFace }: { face: string | null; onFace(face: string | null): void }) {
  const words = useWords();
  return (
    <label class="field">
      {words.brand.face}
      <select value={face ?? ''} onChange={({ currentTarget: { value } }) => onFace(value === '' ? null : value)}>
        <option value="">{words.brand.anyFace}</option>
        {Object.entries(words.brand.faces).map(([name, said]) => (
          <option key={name} value={name}>
            {said}
          </option>
        ))}
      </select>
    </label>
  );
}
