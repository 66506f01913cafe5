import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Settings<T> {
  items: T[];
  keyOf(item: T): string;
  render(item: T): ComponentChildren;
  /** The narrowest a card may be; as many columns as fit. */
  minWidth: number;
  gap: number;
  /** Of a card, in pixels, by its width: known beforehand, so that nothing moves when pictures come. */
  heightOf(width: number): number;
  /** Called when the end comes near. */
  onEnd(): void;
}

/** Rows beyond the edges of the window that exist already when they come into sight. */
const OVERSCAN = 2;
/** Rows before the end at which more is fetched, so that nobody scrolls into an empty page. */
const AHEAD = 8;

/** What is drawn; scrolling within the same rows changes nothing of it, and so nothing is drawn anew. */
interface Sight {
  width: number;
  first: number;
  last: number;
}

/** Thousands of cards of which only those in sight exist. */
export function VirtualGrid<T>({ items, keyOf, render, minWidth, gap, heightOf, onEnd }: Settings<T>) {
  const frame = useRef<HTMLUListElement>(null);
  const [sight, setSight] = useState<Sight>({ width: 0, first: 0, last: 0 });

  const placesFor = (width: number) => {
    const columns = Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
    const cardWidth = Math.floor((width - gap * (columns - 1)) / columns);
    return { columns, cardWidth, pitch: heightOf(cardWidth) + gap };
  };

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = (): void => {
      const { top, width } = element.getBoundingClientRect();
      const { pitch } = placesFor(width);
      const next = {
        width,
        first: Math.max(0, Math.floor(-top / pitch) - OVERSCAN),
        last: Math.max(0, Math.ceil((innerHeight - top) / pitch) + OVERSCAN),
      };
      setSight((now) => (now.width === next.width && now.first === next.first && now.last === next.last ? now : next));
    };
    let asked = 0;
    const onScroll = (): void => {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        measure();
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    addEventListener('scroll', onScroll, { passive: true });
    addEventListener('resize', onScroll);
    return () => {
      observer.disconnect();
      removeEventListener('scroll', onScroll);
      removeEventListener('resize', onScroll);
      cancelAnimationFrame(asked);
    };
  }, []);

  const { width, first, last } = sight;
  const { columns, cardWidth, pitch } = placesFor(width);
  const rows = Math.ceil(items.length / columns);
  const shown = items.slice(first * columns, last * columns);

  const isNearEnd = width > 0 && last + AHEAD >= rows;
  // Also when the list is another one: what could not be fetched is asked for again with the next news.
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, items]);

  return (
    <ul class="grid" ref={frame} style={{ height: `${Math.max(0, rows * pitch - gap)}px` }}>
      {shown.map((item, offset) => {
        const index = first * columns + offset;
        const left = (index % columns) * (cardWidth + gap);
        const top = Math.floor(index / columns) * pitch;
        return (
          <li
            key={keyOf(item)}
            aria-setsize={items.length}
            aria-posinset={index + 1}
            style={{
              width: `${cardWidth}px`,
              height: `${pitch - gap}px`,
              transform: `translate(${left}px, ${top}px)`,
            }}
          >
            {render(item)}
          </li>
        );
      })}
    </ul>
  );
}
