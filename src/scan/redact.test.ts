import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullReport } from '../../test/kit/full-report.ts';
import { digestOf, installed } from '../../test/kit/report.ts';
import { OriginRedaction, redactedConfig } from './redact.ts';

test('a variable goes with its whole value', () => {
  const config = { entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {} };
  const env = ['PASSPHRASE=correct horse battery', 'LANG=C'];
  const history = [{ createdBy: 'ENV PASSPHRASE=correct', emptyLayer: true }];
  const safe = redactedConfig({ ...config, env, history });
  assert.deepEqual(safe.env, ['PASSPHRASE=(redacted)', 'LANG=C']);
  assert.equal(safe.history[0]?.createdBy, 'ENV PASSPHRASE=(redacted)');
});

test('the build step that a package or finding names has no secret, and both go on sharing the package', () => {
  const value = 'not-to-be-seen';
  const instruction = `RUN export API_TOKEN=${value} && make`;
  const layer = { index: 0, diffId: digestOf('b0'), part: 'own', instruction } as const;
  const owner = installed({ name: 'curl', version: '1', origin: { path: 'var/lib/dpkg/status', layer } });
  const { findings } = fullReport();
  const redaction = new OriginRedaction();
  const packages = [redaction.package(owner)];
  const redacted = findings.map((one) =>
    redaction.finding('package' in one ? { ...one, package: owner } : { ...one, location: { path: 'a', layer } }),
  );
  assert.ok(!JSON.stringify([packages, redacted]).includes(value));
  for (const one of redacted) if ('package' in one) assert.equal(one.package, packages[0]);
});
