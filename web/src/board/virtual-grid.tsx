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
  /** Called when the end comes into view. */
  onEnd(): void;
}

const OVERSCAN = 2;

/** Thousands of cards of which only those in sight exist. */
export function VirtualGrid<T>({ items, keyOf, render, minWidth, gap, heightOf, onEnd }: Settings<T>) {
  const frame = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(0);
  const [scroll, setScroll] = useState({ top: 0, height: innerHeight });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = (): void => {
      setWidth(element.clientWidth);
      setScroll({ top: -element.getBoundingClientRect().top, height: innerHeight });
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

  const columns = Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
  const cardWidth = Math.floor((width - gap * (columns - 1)) / columns);
  const pitch = heightOf(cardWidth) + gap;
  const rows = Math.ceil(items.length / columns);
  const first = Math.max(0, Math.floor(scroll.top / pitch) - OVERSCAN);
  const last = Math.min(rows, Math.ceil((scroll.top + scroll.height) / pitch) + OVERSCAN);
  const shown = width === 0 ? [] : items.slice(first * columns, last * columns);

  useEffect(() => {
    if (width > 0 && last >= rows) onEnd();
  }, [width > 0 && last >= rows, rows]);

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
