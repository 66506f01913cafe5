import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { Health } from '../api/types.js';
import { useResource } from '../api/use-resource.js';

const LOOK_EVERY_MS = 15_000;

export interface Wrong {
  part: string;
  reason: string | null;
  /** When it went wrong, as exactly as can be told: by the part itself, else when this page noticed. */
  since: string;
}

export interface HealthNow {
  health: Health | undefined;
  /** The server itself does not answer. */
  isLost: boolean;
  wrong: Wrong[];
  refresh(): void;
}

/** Every part of the road, looked at now and then while somebody looks at the page. */
export function useHealth(): HealthNow {
  const { data, error, refresh } = useResource<Health>('health', api.health);
  const noticed = useRef(new Map<string, string>());
  const [, render] = useState(0);
  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) refresh();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [refresh]);
  useEffect(() => {
    const down = new Set(
      Object.entries(data?.details ?? {}).flatMap(([part, { status }]) => (status === 'down' ? [part] : [])),
    );
    for (const part of noticed.current.keys()) if (!down.has(part)) noticed.current.delete(part);
    for (const part of down) if (!noticed.current.has(part)) noticed.current.set(part, new Date().toISOString());
    render((n) => n + 1);
  }, [data]);

  const wrong = Object.entries(data?.details ?? {}).flatMap(([part, found]): Wrong[] => {
    if (found.status !== 'down') return [];
    const told =
      part === 'listener'
        ? found.lastProvenAlive
        : found.oldestSeconds && new Date(Date.now() - found.oldestSeconds * 1_000).toISOString();
    return [
      {
        part,
        reason: found.reason ?? null,
        since: told || noticed.current.get(part) || new Date().toISOString(),
      },
    ];
  });
  return { health: data, isLost: error !== undefined, wrong, refresh };
}
