import { api } from '../../api/client.js';
import { useResource } from '../../api/use-resource.js';
import { useWords } from '../../words/index.js';

export function DesignPicker({
  chosen,
  onChoose,
  isOpen,
}: {
  chosen: string;
  onChoose(design: string): void;
  isOpen: boolean;
}) {
  const words = useWords();
  const designs = useResource('designs', api.designs);
  const items = designs.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>{words.edit.design}</summary>
      <fieldset class="kinds">
        <legend class="visually-hidden">{words.edit.design}</legend>
        {items.map((design) => (
          <label key={design.name} class="kind">
            <input type="radio" name="design" checked={chosen === design.name} onChange={() => onChoose(design.name)} />
            {words.design(design)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
