import { useState } from 'preact/hooks';
import { useWords } from '../words/index.js';
import { Icon } from './icon.js';
import { notify } from './notice.js';

const SAID_MS = 2_000;

export function CopyButton({ text, label, primary = false }: { text: string; label: string; primary?: boolean }) {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await writeClipboard(text);
      setCopied(true);
      setTimeout(() => setCopied(false), SAID_MS);
    } catch (error) {
      notify(words.mend.failed((error as Error).message), true);
    }
  };
  return (
    <button type="button" class={primary ? 'button primary' : 'button'} onClick={() => void copy()}>
      <Icon name={isCopied ? 'check' : 'copy'} />
      <span aria-live="polite">{isCopied ? words.copied : label}</span>
    </button>
  );
}

/** Pages on plain HTTP elsewhere than on localhost have no clipboard; the selection of a field still can be copied. */
async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  if (!isDone) throw new Error('copy');
}
