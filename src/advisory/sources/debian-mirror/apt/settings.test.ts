import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AptSettings, parseAptConf } from './apt-conf.ts';
import { parseLogins, withLogin } from './credentials.ts';
import { aptProxyEnvironment } from './proxy.ts';

function settings(...texts: string[]): AptSettings {
  const all: AptSettings = new Map();
  for (const text of texts) parseAptConf(text, all);
  return all;
}

const confs: readonly (readonly [conf: string, name: string, value: string | undefined])[] = [
  ['Acquire::http::Proxy "http://proxy.example:3128";', 'acquire::http::proxy', 'http://proxy.example:3128'],
  ['Acquire { http { Proxy "http://p.example"; }; };', 'acquire::http::proxy', 'http://p.example'],
  ['Acquire { http::Proxy "http://p.example"; Retries "3"; };', 'acquire::retries', '3'],
  ['acquire::HTTP::proxy DIRECT;', 'acquire::http::proxy', 'DIRECT'],
  ['// Acquire::http::Proxy "no";\n/* Acquire::x "no"; */ # Acquire::y "no";', 'acquire::http::proxy', undefined],
  ['Acquire::a "1"; #clear Acquire::a;', 'acquire::a', undefined],
  ['Acquire::a "with // and # inside";', 'acquire::a', 'with // and # inside'],
  ['APT::Hooks { "first"; "second"; };', 'apt::hooks', 'second'],
  ['DPkg::Post-Invoke:: "rm -f x || true";', 'dpkg::post-invoke::', 'rm -f x || true'],
  ['A { B { C "1"; }; D "2"; };', 'a::d', '2'],
  ['A { B "unclosed', 'a::b', undefined],
  ['}}}} A "1";', 'a', '1'],
];

for (const [conf, name, value] of confs) {
  test(`apt.conf: ${conf}`, () => assert.equal(settings(conf).get(name), value));
}

test('later files win', () => {
  assert.equal(settings('A::B "1";', 'A { B "2"; };').get('a::b'), '2');
});

test('apt.conf of a megabyte of openings is read in no time', () => {
  assert.equal(settings('A{'.repeat(400_000)).size, 0);
});

test('proxy settings become the environment of the HTTP client', () => {
  assert.equal(aptProxyEnvironment(settings('Acquire::Retries "3";'), {}), undefined);
  const one = aptProxyEnvironment(settings('Acquire::http::Proxy "http://p.example:8080";'), { PATH: '/bin' });
  assert.equal(one?.['http_proxy'], 'http://p.example:8080');
  assert.equal(one?.['https_proxy'], 'http://p.example:8080');
  assert.equal(one?.['PATH'], '/bin');
});

test('DIRECT switches a proxy of the environment off, for a scheme or for a host', () => {
  const all = aptProxyEnvironment(settings('Acquire::http::Proxy "DIRECT";'), { http_proxy: 'http://p.example' });
  assert.equal(all?.['http_proxy'], '');
  const host = aptProxyEnvironment(settings('Acquire::http::Proxy::mirror.example "DIRECT";'), {
    no_proxy: 'localhost',
  });
  assert.equal(host?.['no_proxy'], 'localhost,mirror.example');
});

const auth = `
# commercial mirror
machine mirror.example/debian login reader password s3cr/t@
machine http://plain.example:8080
  login anna
  password pw
machine broken login onlyname
`;

const logins: readonly (readonly [url: string, expected: string])[] = [
  ['https://mirror.example/debian/dists/x', 'https://reader:s3cr%2Ft%40@mirror.example/debian/dists/x'],
  ['https://mirror.example/debian-security/x', 'https://mirror.example/debian-security/x'],
  ['http://mirror.example/debian/x', 'http://mirror.example/debian/x'],
  ['http://plain.example:8080/any', 'http://anna:pw@plain.example:8080/any'],
  ['http://plain.example/any', 'http://plain.example/any'],
  ['https://me:own@mirror.example/debian/x', 'https://me:own@mirror.example/debian/x'],
  ['file:///srv/mirror', 'file:///srv/mirror'],
];

for (const [url, expected] of logins) {
  test(`login for ${url}`, () => assert.equal(withLogin(url, parseLogins(auth)), expected));
}
