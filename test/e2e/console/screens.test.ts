import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibilityFaults } from '../../kit/accessibility.ts';
import { noBrowser, openBrowser, openVisit, screens } from '../../kit/browser.ts';
import { startDemoServer } from '../../kit/demo-server.ts';

/** Looked at by people; git leaves it alone. */
const PICTURES = join(import.meta.dirname, '../../../.cache/console-screens');

const options = { skip: noBrowser ?? false };
const browser = noBrowser ? undefined : await openBrowser();
const full = noBrowser ? undefined : await startDemoServer();
const empty = noBrowser ? undefined : await startDemoServer('empty');

const sections = ['people', 'teams', 'rights', 'tokens', 'trust', 'channels', 'rules', 'messages', 'trackers'];
const administration = [...sections, 'ownership', 'deadlines', 'limits', 'audit', 'health'];
const addresses = [
  '/inbox',
  '/findings',
  '/inventory',
  '/inventory?find=log4j',
  '/inventory?clusters=true',
  '/policies',
  '/policies?tab=in-force',
  '/policies?tab=results',
  '/exceptions',
  '/compliance',
  '/program',
  '/alerts',
  '/map',
  '/learn',
  '/pipelines',
  '/account',
  '/design',
  ...administration.map((section) => `/administration/${section}`),
];

/** Each width and each theme, with and without data; all combinations would say the same at twice the time. */
const visits = [
  { name: 'full, wide, light', server: full, viewport: screens.wide, isDark: false },
  { name: 'full, narrow, dark', server: full, viewport: screens.narrow, isDark: true },
  { name: 'empty, wide, dark', server: empty, viewport: screens.wide, isDark: true },
  { name: 'empty, narrow, light', server: empty, viewport: screens.narrow, isDark: false },
] as const;

async function settle(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

async function inspect(page: Page, address: string, picture: string): Promise<readonly string[]> {
  await settle(page, address);
  await page.screenshot({ path: join(PICTURES, picture) });
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1',
  );
  return [...(overflow ? ['it is wider than the window'] : []), ...(await accessibilityFaults(page))].map(
    (fault) => `${address}: ${fault}`,
  );
}

for (const { name, server, viewport, isDark } of visits)
  test(`every screen, ${name}: nothing breaks the rules of accessibility, overflows or fails`, options, async () => {
    assert.ok(browser && server);
    mkdirSync(PICTURES, { recursive: true });
    const { page, context, faults } = await openVisit(browser, server.address, { viewport, isDark });
    await server.signIn(context, 'administrator');
    const found: string[] = [];
    for (const address of addresses)
      found.push(...(await inspect(page, address, `${`${address} ${name}`.replaceAll(/[^a-z0-9]+/g, '-')}.png`)));
    assert.deepEqual(found, []);
    assert.deepEqual(faults, []);
    await context.close();
  });

test(
  'the page of an image shows layers, tags, packages and where it runs, and a package leads to all who have it',
  options,
  async () => {
    assert.ok(browser && full);
    const { page, context, faults } = await openVisit(browser, full.address);
    await full.signIn(context, 'security-lead');
    await page.goto('/inventory?kind=repository');
    await page
      .getByRole('row', { name: /checkout/ })
      .first()
      .click();
    await page.getByRole('tab', { name: 'Layers' }).click();
    await page.getByRole('cell', { name: /rootfs/ }).waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByRole('tab', { name: 'Tags' }).click();
    await page.getByRole('cell', { name: 'latest' }).first().waitFor();
    await page.getByRole('tab', { name: 'Where it runs' }).click();
    await page.getByRole('link', { name: /prod-/ }).first().waitFor();
    await page.getByRole('tab', { name: /^Packages/ }).click();
    await page
      .getByRole('link', { name: 'bash', exact: true })
      .or(page.getByRole('link', { name: 'busybox', exact: true }))
      .first()
      .click();
    await page.getByText(/is in/).first().waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  },
);
