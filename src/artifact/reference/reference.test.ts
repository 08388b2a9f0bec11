import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostWithPort, parseReference, renderReference } from './reference.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

const readable: Readonly<Record<string, string>> = {
  debian: 'docker.io/library/debian:latest',
  'debian:12': 'docker.io/library/debian:12',
  'library/debian': 'docker.io/library/debian:latest',
  'grafana/grafana:10.0.0-ubuntu': 'docker.io/grafana/grafana:10.0.0-ubuntu',
  'docker.io/debian': 'docker.io/library/debian:latest',
  'index.docker.io/library/debian:12': 'docker.io/library/debian:12',
  'ghcr.io/owner/name': 'ghcr.io/owner/name:latest',
  'localhost/app': 'localhost/app:latest',
  'localhost:5000/app': 'localhost:5000/app:latest',
  'local/app': 'docker.io/local/app:latest',
  'LOCAL/app': 'LOCAL/app:latest',
  'host:5000/a/b/c:v1': 'host:5000/a/b/c:v1',
  'host:5000': 'docker.io/library/host:5000',
  '127.0.0.1:5000/app': '127.0.0.1:5000/app:latest',
  '[::1]:5000/app:1': '[::1]:5000/app:1',
  '[2001:db8::1]/app': '[2001:db8::1]/app:latest',
  [`debian@${digest}`]: `docker.io/library/debian@${digest}`,
  [`debian:12@${digest}`]: `docker.io/library/debian:12@${digest}`,
  [`host:5000/app@${digest}`]: `host:5000/app@${digest}`,
  'a_b/c__d/e-f/g--h/i.j': 'docker.io/a_b/c__d/e-f/g--h/i.j:latest',
  'app:_Tag.-1': 'docker.io/library/app:_Tag.-1',
};
for (const [text, expected] of Object.entries(readable)) {
  test(`${text.slice(0, 60)} is ${expected.slice(0, 60)}`, () => {
    const parsed = parseReference(text);
    assert.equal(parsed.ok ? renderReference(parsed.value) : parsed.error, expected);
    assert.deepEqual(parsed.ok && parseReference(renderReference(parsed.value)), parsed);
  });
}

const unreadable = [
  '',
  ':',
  '@',
  '/',
  'Debian',
  'a//b',
  '/debian',
  'debian/',
  'debian:',
  'debian:-x',
  `debian:${'x'.repeat(129)}`,
  'debian:a b',
  'debian@sha256:abc',
  `debian@md5:${'ab'.repeat(16)}`,
  `debian@${digest.toUpperCase()}`,
  `debian@${digest}@${digest}`,
  'ghcr.io/owner/name:tag/../../etc',
  'ghcr.io/../secret',
  'ghcr.io/./name',
  'host:port/app',
  'host:123456/app',
  '-host.example/app',
  'a..b/c',
  'a___b',
  'a-',
  'user:pw@host/app',
  'http://host/app',
  'host/app?x=1',
  'host/app#x',
  'app\n',
  'é/app',
  `a/${'b'.repeat(300)}`,
  '[::1/app',
  '[::1]x/app',
];
for (const text of unreadable) {
  test(`${JSON.stringify(text.slice(0, 60))} is no reference`, () => assert.equal(parseReference(text).ok, false));
}

test('long hostile names are refused in no time', () => {
  for (const text of [`${'a-'.repeat(500_000)}!`, `${'a.'.repeat(500_000)}/x`, `${'a/'.repeat(500_000)}`]) {
    assert.equal(parseReference(text).ok, false);
  }
});

test('hosts with ports', () => {
  for (const good of ['a', 'a.b', 'a:1', '[::1]', '[::1]:65535', '10.0.0.1:5000'])
    assert.equal(isHostWithPort(good), true, good);
  for (const bad of ['', 'a:', ':1', 'a:b', 'a b', 'a/b', '[::1', 'a@b', '..', 'a:1:2'])
    assert.equal(isHostWithPort(bad), false, bad);
});
