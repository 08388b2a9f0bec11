import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { seed } from '../../../bench/server/seed.ts';
import { noBrowser, openBrowser, openVisit, screens, type Visit } from '../../kit/browser.ts';
import { startDemoServer } from '../../kit/demo-server.ts';

const options = { skip: noBrowser ?? false };
const browser = noBrowser ? undefined : await openBrowser();
const server = noBrowser ? undefined : await startDemoServer('empty');
if (server) await seed(server.query, 3000);

/** Somebody who may do everything. */
async function visit(more: Parameters<typeof openVisit>[2] = {}): Promise<Visit> {
  assert.ok(browser && server);
  const opened = await openVisit(browser, server.address, more);
  await server.signIn(opened.context, 'administrator');
  return opened;
}

/** The row of the cursor, by its text. */
const rowAt = (page: Page, index: number) => page.locator(`#row-${index}`);

async function openFindings(page: Page, filter: string): Promise<void> {
  await page.goto(`/findings?filter=${encodeURIComponent(filter)}`);
  await rowAt(page, 0).getByText(/\w/).first().waitFor();
}

async function count(page: Page, filter: string): Promise<number> {
  const answer = await page.request.get('/api/v1/findings/count', { params: { filter } });
  return ((await answer.json()) as { count: number }).count;
}

test('a developer triages by keyboard alone', options, async () => {
  const { page, context, faults } = await visit();
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page.waitForURL('**/findings');
  await openFindings(page, 'is:open state:open assignee:none');
  const mine = await count(page, 'is:open assignee:me');
  for (const key of ['j', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('region', { name: 'The story of the finding' }).getByRole('heading', { level: 2 }).waitFor();
  assert.match(page.url(), /open=[0-9a-f-]{36}/);
  await page.keyboard.press('a');
  await page.getByText('Assigned to you').waitFor();
  assert.equal(await count(page, 'is:open assignee:me'), mine + 1);
  await page.keyboard.press('z');
  await page.getByText('Taken back').waitFor();
  assert.equal(await count(page, 'is:open assignee:me'), mine);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.searchParams.has('open'));
  // Two at once: the second one is where j leads.
  const started = await count(page, 'state:in-progress');
  for (const key of ['x', 'j', 'x', 's']) await page.keyboard.press(key);
  await page.getByText('In progress: 2').waitFor();
  assert.equal(await count(page, 'state:in-progress'), started + 2);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the filter completes what is typed, narrows the list, and stands in the address', options, async () => {
  const { page, context, faults } = await visit();
  await openFindings(page, 'is:open');
  await page.keyboard.press('/');
  await page.keyboard.type(' sev');
  await page.getByRole('option', { name: /^severity/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'critical' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('filter') === 'is:open severity:critical');
  const expected = await count(page, 'is:open severity:critical');
  await page
    .getByRole('banner')
    .or(page.locator('header'))
    .getByText(expected.toLocaleString('en'), { exact: true })
    .waitFor();
  // The facet says the same, and takes it away.
  const facet = page.getByRole('button', { name: /^Critical/ });
  assert.equal(await facet.getAttribute('aria-pressed'), 'true');
  await facet.click();
  await page.waitForURL((url) => url.searchParams.get('filter') === 'is:open');
  await page.goBack();
  await page.waitForURL((url) => url.searchParams.get('filter') === 'is:open severity:critical');
  // What cannot be read is said under it, with its place.
  await page.getByRole('combobox', { name: 'Filter of findings' }).fill('severty:high');
  await page.keyboard.press('Enter');
  await page.getByText(/There is no field severty.*severity.*character 1/).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('what is exported is what the filter shows', options, async () => {
  const { page, context } = await visit();
  const filter = 'is:open severity>=high kind:vulnerability';
  await openFindings(page, filter);
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'JSON' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const exported: readonly { readonly severity: string }[] = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  assert.equal(exported.length, await count(page, filter));
  assert.deepEqual([...new Set(exported.map(({ severity }) => severity))].sort(), ['critical', 'high']);
  await context.close();
});

test('what somebody else does is seen in place', options, async () => {
  const { page, context } = await visit();
  const other = await context.newPage();
  const filter = 'is:open state:open severity:medium';
  await openFindings(page, filter);
  await openFindings(other, filter);
  const before = await rowAt(page, 0).textContent();
  await other.keyboard.press('s');
  await rowAt(page, 0).getByText('In progress').waitFor();
  assert.equal(
    (await rowAt(page, 0).textContent())?.replace('In progress', 'Open'),
    before,
    'the row stays where it is',
  );
  await context.close();
});

test('on a phone the story takes the screen, and back leads to the list', options, async () => {
  const { page, context, faults } = await visit({ viewport: screens.narrow });
  await openFindings(page, 'is:open');
  await rowAt(page, 1).click();
  const story = page.getByRole('region', { name: 'The story of the finding' });
  await story.getByRole('heading', { name: 'Fix' }).waitFor();
  const box = await story.boundingBox();
  assert.ok(box && box.width === screens.narrow.width && box.height === screens.narrow.height);
  await page.goBack();
  await story.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  assert.deepEqual(faults, []);
  await context.close();
});

test('views are saved, opened and removed', options, async () => {
  const { page, context } = await visit();
  await openFindings(page, 'is:open severity:critical');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await page.getByLabel('Name').fill('Worst first');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/view=/);
  await page.goto('/findings');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: /Worst first/ }).click();
  await page.waitForURL((url) => url.searchParams.get('filter') === 'is:open severity:critical');
  await page.getByRole('button', { name: 'Worst first' }).click();
  await page.getByRole('menuitem', { name: 'Remove Worst first' }).click();
  await page.getByText('Removed the view Worst first').waitFor();
  await context.close();
});
