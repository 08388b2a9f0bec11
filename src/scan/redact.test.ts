import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redacted, redactedConfig } from './redact.ts';

test('values that look like secrets do not travel with a report', () => {
  const rows: readonly [string, string][] = [
    ['ENV API_TOKEN=abc123', 'ENV API_TOKEN=(redacted)'],
    ['RUN |1 DB_PASSWORD="a b" /bin/sh -c make', 'RUN |1 DB_PASSWORD=(redacted) /bin/sh -c make'],
    ["ENV secret='x y'", 'ENV secret=(redacted)'],
    ['RUN curl -H "X-Api-Key: abc"', 'RUN curl -H "X-Api-Key: (redacted)"'],
    ['ENV PATH=/usr/bin', 'ENV PATH=/usr/bin'],
    ['RUN apt-get install -y passwd', 'RUN apt-get install -y passwd'],
  ];
  for (const [text, expected] of rows) assert.equal(redacted(text), expected);
});

test('a variable goes with its whole value', () => {
  const config = { entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {} };
  const env = ['PASSPHRASE=correct horse battery', 'LANG=C'];
  const history = [{ createdBy: 'ENV PASSPHRASE=correct', emptyLayer: true }];
  const safe = redactedConfig({ ...config, env, history });
  assert.deepEqual(safe.env, ['PASSPHRASE=(redacted)', 'LANG=C']);
  assert.equal(safe.history[0]?.createdBy, 'ENV PASSPHRASE=(redacted)');
});

test('long texts take linear time', () => {
  redacted(`${'token'.repeat(200_000)} ${'a'.repeat(1_000_000)}`);
});
