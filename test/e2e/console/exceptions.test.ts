import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noBrowser, openBrowser, openVisit } from '../../kit/browser.ts';
import { startDemoServer } from '../../kit/demo-server.ts';

const options = { skip: noBrowser ?? false };
const browser = noBrowser ? undefined : await openBrowser();
const server = noBrowser ? undefined : await startDemoServer();

/** A rule that the team has open findings of, which an exception may hide for a month. */
async function openRule(): Promise<string> {
  assert.ok(server);
  const { rule } = await server.query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .innerJoin('team', 'team.id', 'asset.team_id')
    .select('finding.rule')
    .where('team.name', '=', 'checkout')
    .where('finding.state', '=', 'open')
    .where('finding.severity', '=', 'medium')
    .where('finding.kind', '=', 'vulnerability')
    .orderBy('finding.rule')
    .limit(1)
    .executeTakeFirstOrThrow();
  return rule;
}

test(
  'a developer asks for an exception and cannot approve it; the lead approves it, and the findings are hidden',
  options,
  async () => {
    assert.ok(browser && server);
    const rule = await openRule();
    const open = `is:open rule:${rule} team:checkout`;
    const developer = await openVisit(browser, server.address);
    await server.signIn(developer.context, 'developer-1');
    const lead = await openVisit(browser, server.address);
    await server.signIn(lead.context, 'checkout-lead');
    const count = async () => {
      const answer = await developer.page.request.get('/api/v1/findings/count', { params: { filter: open } });
      return ((await answer.json()) as { count: number }).count;
    };
    const before = await count();
    assert.ok(before > 0);

    const { page } = developer;
    await page.goto('/exceptions');
    await page.getByRole('button', { name: 'Request' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Rule').fill(rule);
    await dialog.getByLabel('Team').selectOption({ label: 'checkout' });
    await dialog.getByLabel('Explanation').fill('The function is never called.');
    await dialog.getByText(`It would hide ${before}`).waitFor();
    await dialog.getByRole('button', { name: 'Request' }).click();
    await page.getByText('somebody else has to approve it').waitFor();
    await page.getByText('nobody approves a request of their own').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0);
    assert.equal(await count(), before);

    await lead.page.goto(page.url());
    await lead.page.getByRole('button', { name: 'Approve' }).click();
    await lead.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await lead.page.getByRole('region', { name: 'The exception' }).getByText('In force').waitFor();
    assert.equal(await count(), 0);
    await lead.page.getByRole('link', { name: 'What it hides' }).click();
    await lead.page.locator('#row-0').getByText(/\w/).first().waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('region', { name: 'The exception' }).getByText('Revoked', { exact: true }).waitFor();
    assert.equal(await count(), before);
    assert.deepEqual([...developer.faults, ...lead.faults], []);
    await developer.context.close();
    await lead.context.close();
  },
);
