import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['PLIMSOLL_TEST_CHROMIUM'] || '/usr/bin/chromium';

/** Why there can be no tests in a browser; undefined where they can run. */
export const noBrowser: string | undefined = existsSync(CHROMIUM)
  ? undefined
  : `needs Chromium at ${CHROMIUM} (Debian: apt-get install chromium)`;

/** A browser for the tests of a file, which ends with them. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    // Its sandbox needs a user with fewer rights than root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  after(() => browser.close());
  return browser;
}

export const screens = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
} as const;

/** A page of somebody of their own: what one is signed in as, no other is. Faults of the page fail the test that ends it. */
export async function openVisit(
  browser: Browser,
  address: string,
  options: { readonly viewport?: { readonly width: number; readonly height: number }; readonly isDark?: boolean } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: options.viewport ?? screens.wide,
    colorScheme: options.isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: options.viewport === screens.narrow,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // What the server refuses is for the screen to say; the browser notes it as well.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return { context, page, faults };
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Exceptions and errors on the console of the page so far. */
  readonly faults: readonly string[];
}
