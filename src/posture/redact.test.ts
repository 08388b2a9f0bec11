import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactArguments, redactDocument, redactText } from './redact.ts';

test('values that may be secret stay behind, whatever they are written in', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Environment="HTTP_PROXY=http://me:hunter2@proxy:3128"', 'Environment="HTTP_PROXY=http://<hidden>@proxy:3128"'],
    ['Environment=API_TOKEN=abc', 'Environment=API_TOKEN=<hidden>'],
    ['PasswordAuthentication no', 'PasswordAuthentication no'],
    ['ExecStart=/usr/bin/dockerd -H fd://', 'ExecStart=/usr/bin/dockerd -H fd://'],
  ];
  for (const [text, wanted] of cases) assert.equal(redactText(text), wanted);
});

test('words of command lines', () => {
  const words = ['dockerd', '--log-opt', 'splunk-token=abc', '--authorization-plugin=opa', '--tlskey=/key.pem'];
  assert.deepEqual(redactArguments(words).slice(2), [
    'splunk-token=<hidden>',
    '--authorization-plugin=opa',
    '--tlskey=/key.pem',
  ]);
  assert.deepEqual(redactArguments(['x', '--password', 'abc', '--icc=false']), [
    'x',
    '--password',
    '<hidden>',
    '--icc=false',
  ]);
});

test('members of documents that are free to hold anything', () => {
  const text = '{"log-opts":{"splunk-url":"a"},"icc":false,"registry-mirrors":["https://u:p@m.example.net"]}';
  assert.deepEqual(JSON.parse(redactDocument(text)), {
    'log-opts': { 'splunk-url': '<hidden>' },
    icc: false,
    'registry-mirrors': ['https://<hidden>@m.example.net'],
  });
  assert.doesNotMatch(redactDocument('{"token": "PASSWORD=hunter2" broken'), /hunter2/);
});
