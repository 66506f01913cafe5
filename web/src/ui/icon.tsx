const PATHS = {
  plus: 'M12 5v14M5 12h14',
  heart: 'M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.5 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z',
  download: 'M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M5 20h14',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  retry: 'M19 12a7 7 0 1 1-2-4.9M19 4v4h-4',
  close: 'M6 6l12 12M18 6 6 18',
  warn: 'M12 9v4m0 3.5v.01M12 4 3 19.5h18L12 4Z',
  zoom: 'M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13Zm5-1.5L20 20',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6Z',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5v.01',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  device: 'M4 5h16v11H4zM9 20h6m-3-4v4',
  pause: 'M9 6v12M15 6v12',
  out: 'M14 5h5v14h-5M4 12h10m0 0-3.5-3.5M14 12l-3.5 3.5',
  edit: 'M5 19h4L19 9l-4-4L5 15v4Z',
  arrow: 'M19 12H5m0 0 6-6m-6 6 6 6',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words, or inside a button that has a label; screen readers never hear it. */
export const Icon = ({ name, filled = false }: { name: IconName; filled?: boolean }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} class={filled ? 'filled' : undefined} />
  </svg>
);
