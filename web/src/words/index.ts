import { useEffect, useState } from 'preact/hooks';
import { en, type Words } from './en.js';
import { ko } from './ko.js';

export type { Words };

const CATALOGUES = { en, ko };
export type Language = keyof typeof CATALOGUES;

/** The server has written the language into the page, by cookie or by what the browser asked for: nothing flashes. */
let language: Language = document.documentElement.lang === 'ko' ? 'ko' : 'en';
const watchers = new Set<() => void>();

export const words = (): Words => CATALOGUES[language];

const remember = (name: string, value: string): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is for secure pages only
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
};

export function setLanguage(to: Language): void {
  language = to;
  document.documentElement.lang = to;
  remember('feedlyai_language', to);
  for (const watcher of watchers) watcher();
}

/** The words of the chosen language; rendered again when it changes. */
export function useWords(): Words {
  const [, render] = useState(0);
  useEffect(() => {
    const update = (): void => render((n) => n + 1);
    watchers.add(update);
    return () => {
      watchers.delete(update);
    };
  }, []);
  return words();
}

export type Theme = 'auto' | 'light' | 'dark';
const THEMES: Theme[] = ['auto', 'light', 'dark'];
export const currentTheme = (): Theme =>
  THEMES.find((theme) => theme === document.documentElement.dataset.theme) ?? 'auto';

export function nextTheme(): Theme {
  const next = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length] ?? 'auto';
  document.documentElement.dataset.theme = next;
  remember('feedlyai_theme', next);
  return next;
}

const SECOND = 1_000;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400 * SECOND],
  ['hour', 3_600 * SECOND],
  ['minute', 60 * SECOND],
];

/** "5 minutes ago", in the chosen language. */
export function ago(moment: string | null | undefined): string {
  if (!moment) return '';
  const past = Date.parse(moment) - Date.now();
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of UNITS) if (-past >= size) return format.format(Math.ceil(past / size), unit);
  return format.format(Math.min(0, Math.ceil(past / SECOND)), 'second');
}

export const clock = (moment: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(
    new Date(moment),
  );

export const day = (moment: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));
