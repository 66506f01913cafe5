import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/client.js';
import { useWords } from '../words/index.js';
import { Icon, type IconName } from './icon.js';

/** Nothing to show, and why; what to do about it as children. */
export const Empty = ({
  title,
  text,
  icon,
  children,
}: {
  title: string;
  text: string;
  icon?: IconName;
  children?: ComponentChildren;
}) => (
  <div class="empty">
    {icon && <Icon name={icon} />}
    <h2>{title}</h2>
    <p>{text}</p>
    {children}
  </div>
);

export function Trouble({ error, onRetry }: { error: ApiError; onRetry(): void }) {
  const words = useWords();
  return (
    <div class="empty" role="alert">
      <h2>{words.failedToLoad}</h2>
      <p>{error.status === 0 ? words.connection.lost : error.message}</p>
      <button type="button" class="button" onClick={onRetry}>
        {words.again}
      </button>
    </div>
  );
}
