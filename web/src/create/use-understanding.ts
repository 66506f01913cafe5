import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { Brief, Understanding } from '../api/making-types.js';

/** Long enough that nobody is asked in the middle of a word. */
const PAUSE_MS = 450;

export interface Wish {
  sentence: string;
  /** Roles as the owner wrote them; an empty one is taken away. */
  roles: Brief;
  tone: string;
  tenantId: string;
}

export interface Understood {
  /** What was understood last; undefined before, and when there is nothing to understand. */
  answer: Understanding | undefined;
  isAsking: boolean;
  /** Asking failed: the advertisement can be made all the same. */
  hasFailed: boolean;
  /** What is understood of the words as they are now, waiting for it if need be; undefined when asking fails. */
  settle(): Promise<Understanding | undefined>;
}

/** Asks what the words mean whenever they change, and keeps what was understood until the next answer. */
export function useUnderstanding(wish: Wish): Understood {
  const [shown, setShown] = useState<{ for: string; answer?: Understanding; hasFailed?: boolean }>({ for: '' });
  const reading = useRef<{ for: string; answer: Understanding }>(undefined);
  const key = isEmpty(wish) ? '' : JSON.stringify(wish);
  const newest = useRef({ key, wish });
  newest.current = { key, wish };

  const ask = useCallback(async (signal?: AbortSignal): Promise<Understanding | undefined> => {
    const { key: asked, wish: now } = newest.current;
    if (asked === '') return undefined;
    try {
      const answer = await understand(now, reading, signal);
      if (newest.current.key === asked) setShown({ for: asked, answer });
      return answer;
    } catch {
      if (newest.current.key === asked && !signal?.aborted)
        setShown(({ answer }) => ({ for: asked, hasFailed: true, ...(answer && { answer }) }));
      return undefined;
    }
  }, []);

  useEffect(() => {
    if (key === '') return setShown({ for: '' });
    const controller = new AbortController();
    const timer = setTimeout(() => void ask(controller.signal), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key, ask]);

  const isCurrent = shown.for === key;
  return {
    answer: key === '' ? undefined : shown.answer,
    isAsking: key !== '' && !isCurrent,
    hasFailed: isCurrent && shown.hasFailed === true,
    settle: () => (isCurrent && shown.answer && !shown.hasFailed ? Promise.resolve(shown.answer) : ask()),
  };
}

const isEmpty = ({ sentence, roles }: Wish): boolean =>
  sentence.trim() === '' && Object.values(roles).every((text) => !text?.trim());

/** The sentence is read first; roles that were changed by hand then stand instead of what was read. */
async function understand(
  { sentence, roles, tone, tenantId }: Wish,
  reading: { current: { for: string; answer: Understanding } | undefined },
  signal?: AbortSignal,
): Promise<Understanding> {
  const about = { toneStyle: tone, tenantId };
  const words = sentence.trim();
  const readFor = JSON.stringify([words, tone, tenantId]);
  if (words && reading.current?.for !== readFor)
    reading.current = { for: readFor, answer: await api.understand({ sentence: words, ...about }, signal) };
  const read = words ? reading.current?.answer : undefined;
  if (read && Object.keys(roles).length === 0) return read;
  const brief = withoutEmpty({ ...read?.brief, ...roles });
  const answer = await api.understand({ brief, ...about }, signal);
  const taken = Object.values(brief).join('\n');
  const leftovers = read?.leftovers.filter(({ text }) => !taken.includes(text)) ?? [];
  return without(goneFrom(roles), { ...answer, leftovers });
}

const withoutEmpty = (brief: Brief): Brief =>
  Object.fromEntries(Object.entries(brief).filter(([, text]) => text?.trim()));

const goneFrom = (roles: Brief): Set<string> =>
  new Set(Object.entries(roles).flatMap(([role, text]) => (text?.trim() ? [] : [role])));

/** The brand fills what is not said; what the owner took away by hand, it does not. */
function without(gone: ReadonlySet<string>, answer: Understanding): Understanding {
  const rest = <T extends object>(texts: T): T =>
    Object.fromEntries(Object.entries(texts).filter(([name]) => !gone.has(name))) as T;
  return {
    ...answer,
    brief: rest(answer.brief),
    ideas: answer.ideas.map((idea) => ({ ...idea, texts: rest(idea.texts) })),
    coverage: answer.coverage.filter(({ role }) => !gone.has(role)),
  };
}
