import { useEffect, useState } from 'preact/hooks';
import { type Connection, watchConnection } from '../api/live.js';
import { Link } from '../router.js';
import { Icon } from '../ui/icon.js';
import { clock, useWords } from '../words/index.js';
import type { HealthNow } from './use-health.js';

/** A dot while all is well; it leads to what is behind it. */
export function HealthDot({ isLost, wrong, health }: HealthNow) {
  const words = useWords();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => watchConnection(setConnection), []);
  const mood = isLost || wrong.length > 0 ? 'bad' : health && connection === 'live' ? 'good' : 'busy';
  return (
    <span class={`health-dot ${mood}`} data-connection={connection}>
      <span class="dot" aria-hidden="true" />
      <span class="health-dot-text">{words.connection[connection]}</span>
    </span>
  );
}

/** What is wrong and since when; nothing while nothing is. */
export function HealthBanner({ isLost, wrong, isPaused }: HealthNow & { isPaused: boolean }) {
  const words = useWords();
  return (
    <div role="status" aria-live="polite">
      {isLost && (
        <p class="banner bad">
          <Icon name="warn" />
          <span>{words.connection.lost}</span>
        </p>
      )}
      {!isLost &&
        wrong.slice(0, 2).map(({ part, since }) => (
          <p key={part} class="banner bad">
            <Icon name="warn" />
            <span>
              <strong>{words.system.part[part] ?? part}</strong> {words.system.wrong[part]}{' '}
              {words.system.since(clock(since))}
            </span>
            <Link to="/system">{words.nav.system}</Link>
          </p>
        ))}
      {isPaused && (
        <p class="banner">
          <Icon name="pause" />
          <span>{words.system.paused}</span>
          <Link to="/system">{words.nav.system}</Link>
        </p>
      )}
    </div>
  );
}
