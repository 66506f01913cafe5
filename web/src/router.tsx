import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface Place {
  path: string;
  query: URLSearchParams;
}

const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });
const watchers = new Set<() => void>();
const tell = (): void => {
  for (const watcher of watchers) watcher();
};

// A list that is drawn anew has no height yet when the browser would scroll it: where somebody was is kept here.
history.scrollRestoration = 'manual';
addEventListener('popstate', ({ state }) => {
  tell();
  const { scroll = 0 } = (state ?? {}) as { scroll?: number };
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, scroll)));
});

export function navigate(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  const isOtherPage = new URL(to, location.href).pathname !== location.pathname;
  if (!replace) history.replaceState({ ...history.state, scroll: scrollY }, '');
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  tell();
  if (!isOtherPage) return;
  scrollTo(0, 0);
  // Who reads by ear or by keyboard begins at the new content, not at the link that is gone.
  document.getElementById('content')?.focus({ preventScroll: true });
}

/** Names the page in the browser's tabs and history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · FeedlyAI`;
  }, [title]);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const update = (): void => setPlace(here());
    watchers.add(update);
    return () => {
      watchers.delete(update);
    };
  }, []);
  return place;
}

/** A link within the dashboard; opened in another tab it is an ordinary one. */
export function Link({
  to,
  children,
  ...rest
}: {
  to: string;
  children: ComponentChildren;
  class?: string;
  'aria-label'?: string;
  'aria-current'?: 'page' | undefined;
  'data-job'?: string;
  'data-state'?: string;
}) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
