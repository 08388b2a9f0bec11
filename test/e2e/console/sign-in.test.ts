import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noBrowser, openBrowser, openVisit } from '../../kit/browser.ts';
import { PASSWORD, startDemoServer } from '../../kit/demo-server.ts';
import { totpCode } from '../../kit/totp.ts';

const options = { skip: noBrowser ?? false };
const browser = noBrowser ? undefined : await openBrowser();
const server = noBrowser ? undefined : await startDemoServer('empty');

test('the code of the kit is that of RFC 6238', () => {
  assert.equal(totpCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', new Date(59_000)), '287082');
});

test('somebody signs in by a one-time link, turns on a second factor, and needs it from then on', options, async () => {
  assert.ok(browser && server);
  const { page, context, faults } = await openVisit(browser, server.address);
  await page.goto(await server.linkOf('administrator'));
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/inbox');
  assert.equal(new URL(page.url()).hash, '', 'the token of the link does not stay in the address');

  await page.goto('/account');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  const secret = (await page.getByRole('region', { name: 'Secret' }).textContent())?.replaceAll(' ', '') ?? '';
  await page.getByLabel('Code that it shows').fill(totpCode(secret, new Date()));
  await page.getByRole('button', { name: 'Turn it on' }).last().click();
  const codes = (await page.getByRole('region', { name: 'Recovery codes' }).textContent())?.trim().split(/\s+/) ?? [];
  assert.ok(codes.length >= 8, codes.join());
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('It is on.').waitFor();

  await page.getByRole('button', { name: /administrator/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto('/findings?filter=is%3Aoverdue');
  await page.getByLabel('Name').fill('administrator');
  await page.getByLabel('Password').fill('not the password at all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('is wrong').waitFor();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Code').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/findings?filter=is%3Aoverdue');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a page of the console answers nothing to who is not signed in', options, async () => {
  assert.ok(browser && server);
  const { page, context } = await openVisit(browser, server.address);
  for (const path of ['/inbox', '/findings', '/account', '/design']) {
    await page.goto(path);
    await page.waitForURL(/\/sign-in\?next=/);
  }
  await context.close();
});
