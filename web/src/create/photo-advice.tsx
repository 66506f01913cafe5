import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { PhotoAdvice } from '../api/making-types.js';
import type { Area } from '../api/types.js';
import { Icon } from '../ui/icon.js';
import { useWords } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';

export type AdviceNow =
  | { state: 'none' | 'looking' | 'unknown' }
  | { state: 'known'; advice: PhotoAdvice }
  /** It cannot be used at all; why, as the server says it. */
  | { state: 'refused'; message: string };

/** Where the dish was found; undefined where it is not known. */
export const dishIn = (now: AdviceNow): Area | undefined =>
  now.state === 'known' ? (now.advice.dish ?? undefined) : undefined;

/** What is to be said about the photo, asked as soon as there is one. */
export function useAdvice(photo: File | undefined): AdviceNow {
  const [now, setNow] = useState<AdviceNow>({ state: 'none' });
  useEffect(() => {
    if (!photo) return setNow({ state: 'none' });
    const controller = new AbortController();
    setNow({ state: 'looking' });
    api.advice(photo, controller.signal).then(
      (advice) => setNow({ state: 'known', advice }),
      (error: { status: number; message: string }) => {
        if (controller.signal.aborted) return;
        const isRefused = [400, 413, 415, 422].includes(error.status);
        setNow(isRefused ? { state: 'refused', message: error.message } : { state: 'unknown' });
      },
    );
    return () => controller.abort();
  }, [photo]);
  return now;
}

/** Under the photo: what may go wrong with it, and what to do about it, before anything is made. */
export function PhotoAdviceList({ now }: { now: AdviceNow }) {
  const words = useWords();
  return (
    <div class="photo-advice" aria-live="polite">
      {now.state === 'looking' && <p class="quiet">{words.advice.looking}</p>}
      {now.state === 'refused' && (
        <p class="advice poor">
          <Icon name="warn" />
          <span>{refusalWords(now.message, words)}</span>
        </p>
      )}
      {now.state === 'known' && now.advice.advice.length === 0 && (
        <p class="advice good">
          <Icon name="check" />
          <span>{words.advice.fine}</span>
        </p>
      )}
      {now.state === 'known' &&
        now.advice.advice.map(({ code }) => {
          const [what, remedy] = words.adviceOf(code);
          return (
            <p key={code} class="advice">
              <Icon name="warn" />
              <span>
                <strong>{what}</strong> {remedy}
              </span>
            </p>
          );
        })}
    </div>
  );
}
