import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { packageRoot } from '../../src/config/package-root.js';

const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// A test's browser speaks to nobody but the server under test.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The machine's own Chromium. @throws with the remedy where there is none. */
export function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (!executablePath)
    throw new Error('There is no Chromium: install the package "chromium", or set CHROMIUM_PATH to the program.');
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Look {
  width: number;
  height: number;
  language: 'en' | 'ko';
  theme: 'light' | 'dark';
}

export const DESKTOP: Look = { width: 1360, height: 900, language: 'en', theme: 'light' };
export const PHONE: Look = { width: 390, height: 844, language: 'ko', theme: 'light' };

export interface Visit {
  page: Page;
  /** Everything the page complained about, requests that failed with their paths, and every one that went elsewhere. */
  complaints: string[];
  /** Paths of the requests since the last `requests.length = 0`. */
  requests: string[];
  close(): Promise<void>;
}

/** A reader with a look of their own; nothing is shared with other visits. */
export async function visit(browser: Browser, url: string, look: Look = DESKTOP): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: look.width, height: look.height },
    locale: look.language === 'ko' ? 'ko-KR' : 'en-US',
    colorScheme: look.theme,
    timezoneId: 'Asia/Seoul',
    permissions: ['clipboard-read', 'clipboard-write'],
    hasTouch: look.width < 500,
    isMobile: look.width < 500,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Which request it was stands beside the text, not in it.
    const { pathname } = new URL(message.location().url || url);
    complaints.push(message.text().startsWith('Failed to load') ? `${message.text()} ${pathname}` : message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol === 'blob:') return;
    if (asked.origin !== new URL(url).origin) complaints.push(`a request to ${asked.origin}`);
    requests.push(asked.pathname);
  });
  return { page, complaints, requests, close: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe-core finds serious or worse on the page, or in a part of it, as it stands; one line each. */
export async function seriousFindings(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const findings = (await page.evaluate(
    `axe.run("${part}", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }).then(({ violations }) => violations)`,
  )) as AxeFinding[];
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}

/** A picture of the page for the READMEs, small; only where SCREENSHOTS_DIR says where to. */
export async function portray(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  const wanted = process.env.SCREENSHOTS_DIR;
  if (!wanted) return;
  const folder = path.resolve(packageRoot, wanted);
  mkdirSync(folder, { recursive: true });
  const shot = await page.screenshot({ fullPage, animations: 'disabled' });
  await sharp(shot)
    .jpeg({ quality: 82, mozjpeg: true })
    .toFile(path.join(folder, `${name}.jpg`));
}
