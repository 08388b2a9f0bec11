import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { splitClearSigned } from './clear-signed.ts';
import { dearmour, type TrustedKeys } from './keyrings.ts';
import { parseReleaseFile } from './release-file.ts';
import { verifySignature } from './signature.ts';

const testdata = join(import.meta.dirname, 'testdata');
const message = await readFile(join(testdata, 'InRelease'), 'utf8');
const FINGERPRINT = '6006BDB023119119A7B5847446462002C8E95651';
const tools = ['gpgv', 'sqv'].some((program) => spawnSync(program, ['--version']).status === 0);
const skip = tools ? false : 'neither gpgv nor sqv on this machine';

async function keys(name: string, more: Partial<TrustedKeys> = {}): Promise<TrustedKeys> {
  return { material: dearmour(await readFile(join(testdata, `${name}.asc`), 'utf8')), chosen: true, ...more };
}

async function verify(text: string, trusted: TrustedKeys | undefined): Promise<string> {
  const split = splitClearSigned(text);
  assert.ok(split);
  const outcome = await verifySignature(split, trusted, AbortSignal.timeout(60_000));
  return outcome.kind === 'good' ? outcome.fingerprint : outcome.kind;
}

test('a signature by a trusted key is good', { skip }, async () => {
  assert.equal(await verify(message, await keys('archive')), FINGERPRINT);
});

test('text outside the armour is not part of what was signed', { skip }, async () => {
  const around = `SHA256:\n 00 1 evil\n${message}\nSHA256:\n 00 1 evil\n`;
  assert.equal(await verify(around, await keys('archive')), FINGERPRINT);
  assert.doesNotMatch(splitClearSigned(around)?.text ?? 'evil', /evil/);
});

test('changed content, a stranger and a key that was not named are bad', { skip }, async () => {
  assert.equal(await verify(message.replace('299236', '299237'), await keys('archive')), 'bad');
  assert.equal(await verify(message, await keys('stranger')), 'bad');
  assert.equal(await verify(message, await keys('archive', { fingerprints: ['0'.repeat(40)] })), 'bad');
  assert.equal(await verify(message, await keys('archive', { fingerprints: [FINGERPRINT] })), FINGERPRINT);
});

test('without the key that signed there is no verdict', { skip }, async () => {
  assert.equal(await verify(message, await keys('stranger', { chosen: false })), 'unverified');
  assert.equal(await verify(message, undefined), 'unverified');
});

test('the release file gives its identity, validity and indexes', () => {
  const parsed = parseReleaseFile(splitClearSigned(message)?.text ?? '');
  assert.ok(parsed.ok);
  const { files, components, ...rest } = parsed.value;
  assert.deepEqual(rest, {
    origin: 'Debian',
    label: 'Debian-Security',
    codename: 'bookworm-security',
    suite: 'oldstable-security',
    date: Date.UTC(2026, 10, 21, 0, 53, 2),
    validUntil: Date.UTC(2026, 10, 28, 0, 53, 2),
    byHash: true,
  });
  assert.deepEqual(components, ['main', 'contrib']);
  assert.equal(files.get('main/source/Sources.xz')?.size, 299_236);
  assert.equal(files.has('main/Contents-amd64'), false);
});

const notReleases: readonly (readonly [title: string, text: string])[] = [
  ['nothing', ''],
  ['a web page', '<html><body>Please log in</body></html>'],
  ['no date', 'Origin: Debian\nSHA256:\n'],
  ['no index', 'Origin: Debian\nDate: Sat, 21 Nov 2026 00:53:02 UTC\nSHA256:\n zz 1 main/source/Sources\n'],
  ['paths that climb', `Date: Sat, 21 Nov 2026 00:53:02 UTC\nSHA256:\n ${'0'.repeat(64)} 1 ../source/Sources\n`],
];

for (const [title, text] of notReleases) {
  test(`no release file: ${title}`, () => assert.equal(parseReleaseFile(text).ok, false));
}

const notMessages = [
  '',
  'Origin: Debian\n',
  '-----BEGIN PGP SIGNED MESSAGE-----\n',
  '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\ntext\n',
  '-----BEGIN PGP SIGNED MESSAGE-----\n-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n',
];

for (const text of notMessages) {
  test(`no clear-signed message: ${JSON.stringify(text)}`, () => assert.equal(splitClearSigned(text), undefined));
}

test('lines that begin with a dash are read as they were signed', () => {
  const text =
    '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n- -dash\nplain  \n-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----';
  assert.equal(splitClearSigned(text)?.text, '-dash\nplain');
});
