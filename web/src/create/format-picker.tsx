import { FORMATS, type Format } from '../api/making-types.js';
import { useWords } from '../words/index.js';

export function FormatPicker({
  chosen,
  onChoose,
  name = 'format',
}: {
  chosen: Format;
  onChoose(format: Format): void;
  name?: string;
}) {
  const words = useWords();
  return (
    <fieldset class="field formats">
      <legend>{words.create.format}</legend>
      {FORMATS.map((format) => (
        <label key={format} class="format">
          <input type="radio" name={name} checked={chosen === format} onChange={() => onChoose(format)} />
          <span class={`format-shape ${format}`} aria-hidden="true" />
          {words.create.formats[format]}
          <small>{words.create.formatSize[format]}</small>
        </label>
      ))}
    </fieldset>
  );
}
