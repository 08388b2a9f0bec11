import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seed } from '../../../bench/server/seed.ts';
import { noBrowser, openBrowser, openVisit } from '../../kit/browser.ts';
import { startDemoServer } from '../../kit/demo-server.ts';

const ROWS = 100_000;
const browser = noBrowser ? undefined : await openBrowser();
const server = noBrowser ? undefined : await startDemoServer('empty');
if (server) await seed(server.query, ROWS);

test('100,000 findings scroll and filter, and only those on the screen are in the page', {
  skip: noBrowser ?? false,
}, async () => {
  assert.ok(browser && server);
  const { page, context, faults } = await openVisit(browser, server.address);
  await server.signIn(context, 'administrator');
  await page.goto('/findings?filter=');
  await page.locator('#row-0').getByText('Low').or(page.locator('#row-0').getByText(/\w/)).first().waitFor();
  // Page after page, as fast as they come: every row that is reached has its text.
  for (const row of [150, 390, 590, 790, 990, 1390]) {
    await page.evaluate(`document.querySelector('[role=grid]').scrollTop = ${row * 32}`);
    await page
      .locator(`#row-${row}`)
      .getByText(/^CVE-|component/)
      .first()
      .waitFor();
  }
  const rows = await page.locator('[role=grid] [role=row]').count();
  assert.ok(rows < 100, `${rows} rows are in the page`);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Filter of findings' }).fill('severity:critical is:open package:package-7');
  await page.keyboard.press('Enter');
  await page.waitForURL(/package-7/);
  const answer = await page.request.get('/api/v1/findings/count', {
    params: { filter: 'severity:critical is:open package:package-7' },
  });
  const { count } = (await answer.json()) as { count: number };
  await page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});
