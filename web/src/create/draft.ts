import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Brief, BriefRole, Format, Idea, Post } from '../api/making-types.js';
import type { Point } from './photo-field.js';
import { keepPhoto, photoOf } from './photo-store.js';

/** What the owner has said so far. What is understood of it is asked anew; only what she changed herself is kept. */
export interface Draft {
  sentence: string;
  /** Roles as she wrote them; an empty text is a role that she took away. */
  roles: Brief;
  /** Ideas that she changed, by their place. */
  ideas: Record<number, Idea>;
  post: Post | undefined;
  tone: string;
  format: Format;
  hint: Point | undefined;
}

const DEFAULT_TONE = 'Hero Dish Focus';
const EMPTY: Draft = {
  sentence: '',
  roles: {},
  ideas: {},
  post: undefined,
  tone: DEFAULT_TONE,
  format: 'square',
  hint: undefined,
};

/** The draft that was not sent yet: who leaves the form and asks for a new one finds it again. */
const UNSENT = 'feedlyai_draft';
const keyOf = (id: string): string => `${UNSENT}:${id}`;

/** *Back* and a reload come to the same entry of the history, and so to the same draft; a new entry begins anew. */
function idHere(): string {
  const { draft } = (history.state ?? {}) as { draft?: string };
  const id = draft ?? sessionStorage.getItem(UNSENT) ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
  history.replaceState({ ...history.state, draft: id }, '');
  return id;
}

function read(id: string): Draft {
  try {
    return { ...EMPTY, ...(JSON.parse(sessionStorage.getItem(keyOf(id)) ?? '{}') as Partial<Draft>) };
  } catch {
    return EMPTY;
  }
}

export interface DraftNow {
  draft: Draft;
  photo: File | undefined;
  change(part: Partial<Draft>): void;
  changeRole(role: BriefRole, text: string): void;
  setPhoto(photo: File): void;
  /** It was sent: the next new form begins empty, and *back* still finds this one. */
  markSent(): void;
  startAfresh(): void;
}

export function useDraft(): DraftNow {
  const id = useRef('');
  id.current ||= idHere();
  const [draft, setDraft] = useState(() => read(id.current));
  const [photo, setPhotoHere] = useState<File>();

  useEffect(() => {
    void photoOf(id.current).then((kept) => kept && setPhotoHere((now) => now ?? kept));
  }, []);

  const change = useCallback((part: Partial<Draft>) => {
    setDraft((before) => {
      const next = { ...before, ...part };
      sessionStorage.setItem(UNSENT, id.current);
      sessionStorage.setItem(keyOf(id.current), JSON.stringify(next));
      return next;
    });
  }, []);

  return {
    draft,
    photo,
    change,
    changeRole: (role, text) => change({ roles: { ...draft.roles, [role]: text } }),
    setPhoto(next) {
      setPhotoHere(next);
      change({ hint: undefined });
      void keepPhoto(id.current, next);
    },
    markSent: () => sessionStorage.removeItem(UNSENT),
    startAfresh() {
      sessionStorage.removeItem(UNSENT);
      history.replaceState({ ...history.state, draft: undefined }, '');
      id.current = idHere();
      setDraft({ ...EMPTY, tone: draft.tone, format: draft.format });
      setPhotoHere(undefined);
    },
  };
}
