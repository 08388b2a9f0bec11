import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRealm, type RealmPolicy } from './realm.ts';

type Row = readonly [
  registry: string,
  realm: string,
  anonymous: boolean,
  withPassword: boolean,
  more?: Partial<RealmPolicy>,
];

const rows: readonly Row[] = [
  ['registry-1.docker.io', 'https://auth.docker.io/token', true, true],
  ['ghcr.io', 'https://ghcr.io/token', true, true],
  ['registry.gitlab.com', 'https://gitlab.com/jwt/auth', true, true],
  ['registry.example.co.uk', 'https://auth.example.co.uk/token', true, true],
  ['nvcr.io', 'https://authn.nvidia.com/token', true, true],
  ['localhost:5000', 'http://localhost:5001/token', true, true],
  ['127.0.0.1:5000', 'http://127.0.0.1:5001/token', true, true],
  ['10.0.0.5:5000', 'https://10.0.0.5/token', true, true],
  ['registry.example', 'https://evil.example.net/token', true, false],
  ['registry.example.co.uk', 'https://evil.co.uk/token', true, false],
  ['mine.azurecr.io', 'https://evil.azurecr.io/token', true, false],
  ['a.github.io', 'https://b.github.io/token', true, false],
  ['auth.docker.io.evil.example', 'https://auth.docker.io/token', true, false],
  ['ghcr.io', 'https://auth.docker.io/token', true, false],
  ['10.0.0.5', 'https://10.0.0.6/token', false, false],
  ['registry.example', 'https://10.0.0.6/token', false, false],
  ['registry.example', 'https://metadata.google.internal/token', false, false],
  ['registry.example', 'https://vault/token', false, false],
  ['registry.example', 'https://[::1]/token', false, false],
  ['registry.example', 'http://registry.example/token', false, false],
  ['registry.example', 'http://registry.example/token', true, true, { plainHttp: true }],
  ['registry.example', 'http://127.0.0.1/token', false, false],
  ['registry.example', 'https://sso.other.example.net/token', true, true, { allowedRealms: ['sso.other.example.net'] }],
  ['registry.example', 'https://10.0.0.6:8443/token', true, true, { allowedRealms: ['10.0.0.6:8443'] }],
  ['registry.example', 'https://user:pw@registry.example/token', false, false],
  ['registry.example', 'ftp://registry.example/token', false, false],
  ['registry.example', 'token', false, false],
  ['registry.example', `https://${'a.'.repeat(200)}example/token`, false, false],
  ['constructor:5000', 'https://auth.example.net/token', true, false],
  ['registry.example', '', false, false],
];
for (const [registryHost, realm, anonymous, withPassword, more] of rows) {
  test(`${registryHost} sending us to ${realm}${more ? ` ${JSON.stringify(more)}` : ''}`, () => {
    const allowed = [false, true].map(
      (hasCredentials) =>
        checkRealm(realm, { registryHost, hasCredentials, plainHttp: false, allowedRealms: [], ...more }).ok,
    );
    assert.deepEqual(allowed, [anonymous, withPassword]);
  });
}
