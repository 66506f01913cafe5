import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/client.js';
import { words } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';
import { stateWords } from '../words/states.js';

interface Notice {
  id: number;
  text: string;
  isBad: boolean;
}

const SHOWN_MS = 8_000;
let notices: Notice[] = [];
let lastId = 0;
let render: () => void = () => {};

function set(next: Notice[]): void {
  notices = next;
  render();
}

/** Says something at the edge of the page for a while; screen readers hear it at once. */
export function notify(text: string, isBad = false): void {
  const notice = { id: ++lastId, text, isBad };
  set([...notices.slice(-2), notice]);
  setTimeout(() => set(notices.filter(({ id }) => id !== notice.id)), SHOWN_MS);
}

interface Answer {
  observed: { step: string | null; status: string | null; reason: string | null };
}

/** Gives an order and says what came of it, as the server observed it afterwards. True when it was done. */
export async function order(give: Promise<Answer>, { isSilent = false } = {}): Promise<boolean> {
  const { mend } = words();
  try {
    const { observed } = await give;
    if (!isSilent) notify(mend.done(stateWords(observed, words())));
    return true;
  } catch (error) {
    const { status, message } = error as ApiError;
    const why = refusalWords(message, words());
    notify(error instanceof ApiError && status === 409 ? mend.refused(why) : mend.failed(why), true);
    return false;
  }
}

export function Notices() {
  const [, update] = useState(0);
  useEffect(() => {
    render = () => update((n) => n + 1);
  }, []);
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.map(({ id, text, isBad }) => (
        <p key={id} class={isBad ? 'notice bad' : 'notice'}>
          {text}
        </p>
      ))}
    </div>
  );
}
