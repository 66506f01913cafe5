import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useWords } from '../words/index.js';
import { Icon } from './icon.js';

/** The browser's own modal dialog: it keeps the focus, and gives it back. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose(): void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // A press beside the dialog is one on the dialog element itself: its content has an element of its own.
  return (
    <dialog
      ref={dialog}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="round" aria-label={words.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** Asks before something is ended; the safe answer has the focus. */
export function Confirm({
  title,
  text,
  action,
  onConfirm,
  onClose,
  danger = false,
}: {
  title: string;
  text: string;
  action: string;
  onConfirm(): void;
  onClose(): void;
  danger?: boolean;
}) {
  const words = useWords();
  const confirm = (): void => {
    onClose();
    onConfirm();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div class="actions end">
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog has to say where the focus goes */}
        <button type="button" class="button" onClick={onClose} autofocus>
          {words.keep}
        </button>
        <button type="button" class={danger ? 'button danger' : 'button primary'} onClick={confirm}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
