import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addAccount } from '#storage/index.ts';
import { noBrowser, openBrowser, openVisit } from '../../kit/browser.ts';
import { PASSWORD, startDemoServer } from '../../kit/demo-server.ts';
import { totpCode } from '../../kit/totp.ts';

const options = { skip: noBrowser ?? false };
const browser = noBrowser ? undefined : await openBrowser();
const server = noBrowser ? undefined : await startDemoServer('empty');
if (server) await addAccount(server.query, { kind: 'person', name: 'colleague', email: null }, new Date());

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
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('is wrong').waitFor();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/findings?filter=is%3Aoverdue');
  assert.deepEqual(faults, []);
  await context.close();
});

test('somebody adds a passkey and signs in with it alone', options, async () => {
  assert.ok(browser && server);
  // Browsers know passkeys of names only.
  const { page, context, faults } = await openVisit(browser, server.address.replace('127.0.0.1', 'localhost'));
  const devices = await context.newCDPSession(page);
  await devices.send('WebAuthn.enable');
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const token = new URL(await server.linkOf('colleague')).hash;
  await page.goto(`/welcome${token}`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/inbox');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Passkey added').waitFor();
  await page.getByText('never used').waitFor();

  await context.clearCookies();
  await page.goto('/account');
  await page.waitForURL('**/sign-in?next=%2Faccount');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/account');
  await page.getByRole('heading', { name: 'colleague' }).waitFor();
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
