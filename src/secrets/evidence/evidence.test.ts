import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillTemplate } from '../../../test/kit/secret-examples.ts';
import { base62Checksum, grafanaChecksum } from './checksums.ts';
import { checks } from './index.ts';
import type { Verdict } from './verdict.ts';

function verdict(check: string, secret: string, groups: Readonly<Record<string, string>> = {}): Verdict | undefined {
  return checks.get(check)?.({ secret, groups });
}

test('checksums agree with published examples', () => {
  // Parts of tokens that the documentation of GitHub and Grafana shows.
  assert.equal(base62Checksum('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'), '0mLq17');
  assert.equal(grafanaChecksum(`glsa_${'yscW25imSKJIuav8zF37RZmnbiDvB05G'}`), 'fcaaf58a');
});

test('a checksum verifies or makes doubtful', () => {
  const rows: readonly (readonly [check: string, template: string])[] = [
    ['checksum-base62', '{checksum-base62:ghp_}'],
    ['checksum-grafana', '{checksum-grafana}'],
    ['bech32', '{age}'],
  ];
  for (const [check, template] of rows) {
    const secret = fillTemplate(template, 'a');
    assert.equal(verdict(check, secret), 'verified');
    const last = secret.at(-2) === 'Q' ? 'P' : 'Q';
    assert.equal(verdict(check, `${secret.slice(0, -2)}${last}${secret.at(-1)}`), 'doubtful');
  }
});

test('structures', () => {
  const rows: readonly (readonly [check: string, template: string, verdict: Verdict])[] = [
    ['pem-private-key', '{pem:PRIVATE KEY}', 'fits'],
    ['pem-private-key', '{pem-escaped:RSA PRIVATE KEY}', 'fits'],
    ['pem-private-key', '-----BEGIN PRIVATE KEY-----\n{base64:64}\n-----END ', 'refuted'],
    ['pem-private-key', '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n{base64:64}\n-----END ', 'refuted'],
    ['pem-private-key', '-----BEGIN PRIVATE KEY-----\n-----END ', 'refuted'],
    ['openssh-private-key', '{openssh}', 'fits'],
    ['openssh-private-key', '{openssh:encrypted}', 'refuted'],
    ['jwt', '{jwt}', 'fits'],
    ['jwt', '{jwt-example}', 'refuted'],
    ['jwt', 'eyJ{alnum:10}.eyJ{alnum:10}.{alnum:30}', 'refuted'],
    ['base64-32-bytes', '{base64-bytes:32}', 'fits'],
    ['base64-32-bytes', '{base64-bytes:31}', 'refuted'],
    ['base64-64-bytes', '{base64-bytes:64}', 'fits'],
    ['base64-credentials', '{base64-credentials}', 'fits'],
    ['base64-credentials', 'dXNlcjpwYXNzd29yZA==', 'refuted'],
    ['base64-credentials', '{base64-bytes:20}', 'refuted'],
    ['aws-key-id', 'AKIA{base32:16}', 'fits'],
  ];
  for (const [check, template, expected] of rows)
    assert.equal(verdict(check, fillTemplate(template, 'b')), expected, `${check} ${template}`);
});

test('passwords in addresses', () => {
  const rows: readonly (readonly [user: string, password: string, host: string, verdict: Verdict])[] = [
    ['app', 'Zk42!tvqpr-07', 'db.corp.net', 'fits'],
    ['app', 'Zk42%21tvqpr', 'db:5432', 'fits'],
    ['app', 'Zk42!tvqpr-07', 'localhost:5432', 'refuted'],
    ['app', 'Zk42!tvqpr-07', 'www.example.com', 'refuted'],
    ['app', 'Zk42!tvqpr-07', '127.0.0.1:80', 'refuted'],
    ['user', 'Zk42!tvqpr-07', 'db.corp.net', 'refuted'],
    ['app1234', 'app1234', 'db.corp.net', 'refuted'],
    ['app', 'password', 'db.corp.net', 'refuted'],
    ['app', 'Zk42!%E0%A4%A', 'db.corp.net', 'fits'],
  ];
  for (const [user, password, host, expected] of rows)
    assert.equal(verdict('url-password', password, { user, host }), expected, `${user}:${password}@${host}`);
});
