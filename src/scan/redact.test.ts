import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactedConfig } from './redact.ts';

test('a variable goes with its whole value', () => {
  const config = { entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {} };
  const env = ['PASSPHRASE=correct horse battery', 'LANG=C'];
  const history = [{ createdBy: 'ENV PASSPHRASE=correct', emptyLayer: true }];
  const safe = redactedConfig({ ...config, env, history });
  assert.deepEqual(safe.env, ['PASSPHRASE=(redacted)', 'LANG=C']);
  assert.equal(safe.history[0]?.createdBy, 'ENV PASSPHRASE=(redacted)');
});
