import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDetails } from './details.ts';
import { fixOf, withoutFix } from './fix.ts';

const vulnerability = {
  state: 'fixed',
  fixedVersion: '3.0.15-1~deb12u1',
  package: {
    type: 'deb',
    name: 'openssl',
    version: '3.0.9-1',
    origin: { layer: { part: 'base', instruction: 'ADD rootfs.tar' } },
  },
  enrichment: { epss: { probability: 0.91, date: '2026-11-20' }, kev: { dateAdded: '2026-10-01', ransomware: true } },
  priority: {
    window: { id: '3-days', title: 'within 3 days' },
    base: { id: '14-days', title: 'within 14 days' },
    steps: [{ direction: 'sooner', reason: 'it is exposed' }, 'no step'],
    facts: [{ id: 'exploited', question: 'Is it exploited?', value: 'yes', source: 'KEV', effect: 'sooner' }],
    counterfactuals: [{ change: 'if it is not exposed', window: { title: 'within 14 days' } }],
    policy: 'plimsoll-default 1',
  },
  evidence: [
    {
      source: 'debian',
      advisoryId: 'DSA-1',
      ecosystem: 'debian:12',
      name: 'openssl',
      version: '3.0.9-1',
      range: { introduced: '0', fixed: '3.0.15-1' },
    },
  ],
  references: ['https://example.org/1', 'javascript:alert(1)'],
};

test('what a scan of ours says of a vulnerability is read', () => {
  const details = readDetails(vulnerability);
  assert.equal(details.priority?.window, 'within 3 days');
  assert.equal(details.priority?.steps.length, 1);
  assert.deepEqual(details.references, ['https://example.org/1']);
  assert.equal(details.evidence[0]?.text, 'debian:12 openssl 3.0.9-1 is affected: before 3.0.15-1');
  assert.equal(details.kev?.isRansomware, true);
  assert.equal(details.package?.part, 'base');
});

test('anything else is read as nothing, and never throws', () => {
  for (const value of [
    undefined,
    null,
    'text',
    7,
    [],
    { package: 'x', priority: 3, evidence: [null, 1], enrichment: { epss: 'high' } },
    { __proto__: { summary: 'x' } },
  ])
    assert.equal(readDetails(value).summary, undefined);
});

test('the fix is a command of the tool that made the package', () => {
  const about = { kind: 'vulnerability', rule: 'CVE-2026-1', asset: 'shop' };
  assert.equal(
    fixOf(readDetails(vulnerability), about)?.code,
    `apt-get update && apt-get install --only-upgrade openssl=3.0.15-1~deb12u1`,
  );
  const hostile = readDetails({
    ...vulnerability,
    package: { type: 'npm', name: 'a; rm -rf $HOME', version: '1' },
    fixedVersion: "2'",
  });
  assert.equal(fixOf(hostile, about)?.code, `npm install 'a; rm -rf $HOME@2'\\'''`);
  assert.equal(
    fixOf(readDetails({ ...vulnerability, package: { type: 'other', name: 'a', version: '1' } }), about)?.code,
    undefined,
  );
});

test('what cannot be fixed says why', () => {
  const { fixedVersion: _, ...open } = vulnerability;
  assert.equal(
    fixOf(readDetails({ ...open, state: 'will-not-fix' }), {
      kind: 'vulnerability',
      rule: 'CVE-2026-1',
      asset: 'shop',
    }),
    undefined,
  );
  assert.match(withoutFix(readDetails({ state: 'will-not-fix' })), /will not be fixed/);
  assert.match(withoutFix(readDetails({})), /Nobody has said/);
});

test('a check that mends itself says with which command', () => {
  const details = readDetails({
    fix: [{ start: 0, end: 1, text: 'x' }],
    location: { path: 'deploy/web app.yaml' },
    position: { line: 4 },
    remediation: 'Set it.',
  });
  assert.equal(
    fixOf(details, { kind: 'misconfiguration', rule: 'run-as-root', asset: 'shop' })?.code,
    'plimsoll fix . --only run-as-root',
  );
  assert.equal(details.place?.line, 4);
});
