import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from './connection.ts';
import { loginFile, readLogin, writeLogin } from './login-file.ts';

const home = mkdtempSync(join(tmpdir(), 'plimsoll-login-'));
after(() => rmSync(home, { recursive: true, force: true }));
const environment = { XDG_CONFIG_HOME: home };
const file = loginFile(environment);

async function tokenAt(flags: Parameters<typeof connect>[0], more: NodeJS.ProcessEnv = {}) {
  const connection = await connect(flags, { ...environment, ...more });
  if (!connection.ok) return connection.error;
  connection.value.http.close();
  return connection.value.token;
}

test('a login is for its server, its user and nobody else', async () => {
  assert.match(String(await tokenAt({})), /not said which server/);
  await writeLogin(file, { server: 'https://one.example', token: 'kept' });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(await tokenAt({}), 'kept');
  assert.equal(await tokenAt({ server: 'https://one.example/' }), 'kept');
  assert.match(String(await tokenAt({ server: 'https://two.example' })), /no token for this server/);
  assert.equal(await tokenAt({}, { PLIMSOLL_TOKEN: ' named ' }), 'named');
  writeFileSync(join(home, 'token'), 'of a file\n');
  assert.equal(await tokenAt({ tokenFile: join(home, 'token') }, { PLIMSOLL_TOKEN: 'named' }), 'of a file');
});

test('a token goes through a network by TLS only, unless somebody says that the way is safe', async () => {
  const named = { PLIMSOLL_TOKEN: 'named' };
  assert.match(String(await tokenAt({ server: 'http://10.1.2.3' }, named)), /without TLS/);
  assert.equal(await tokenAt({ server: 'http://10.1.2.3', plainHttp: true }, named), 'named');
  assert.equal(await tokenAt({ server: 'http://127.0.0.1:7480' }, named), 'named');
  assert.match(String(await tokenAt({ server: 'ftp://x' }, named)), /no address/);
});

test('a file that others can read or that is something else is refused', async () => {
  chmodSync(file, 0o640);
  const open = await readLogin(file);
  assert.match(open.ok ? '' : open.error, /may be read by others/);
  writeFileSync(file, '{"server":1}');
  chmodSync(file, 0o600);
  const other = await readLogin(file);
  assert.match(other.ok ? '' : other.error, /not what plimsoll login wrote/);
});
