import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FindingBase } from '#model/index.ts';
import { fileFinding, vulnerability } from '../../../test/kit/findings.ts';
import { pkg } from '../../../test/kit/matching.ts';
import { applyBaseline, baselineOf, findingKey, parseBaseline, renderBaseline } from '../index.ts';

const of = { createdAt: '2026-06-15T12:00:00Z', artifact: 'app:1' };

describe('a finding is known again by', () => {
  const table: [finding: FindingBase, key: string][] = [
    [vulnerability('CVE-1'), 'vulnerability:CVE-1:pkg:npm/lodash'],
    [
      vulnerability('CVE-1', pkg('deb', 'curl 1', { purl: 'pkg:deb/debian/curl@1?arch=amd64&distro=debian-12' })),
      'vulnerability:CVE-1:pkg:deb/debian/curl',
    ],
    [fileFinding('secret', 'aws', 'a/b', { fingerprint: 'f1', location: { path: 'a/b', line: 7 } }), 'secret:aws:f1'],
    [fileFinding('malware', 'xmrig', 'usr/bin/x', { sha256: '9f86' }), 'malware:xmrig:usr/bin/x@9f86'],
    [
      fileFinding('misconfiguration', 'compose-privileged', 'compose.yaml', {
        resource: { kind: 'service', name: 'web' },
      }),
      'misconfiguration:compose-privileged:compose.yaml#service/web',
    ],
    [
      { ...fileFinding('licence', 'copyleft', ''), ...{ package: pkg('npm', 'a 1', { purl: 'pkg:npm/a@1' }) } },
      'licence:copyleft:pkg:npm/a',
    ],
    [{ kind: 'other', id: 'x', severity: 'low' }, 'other:x:'],
  ];
  for (const [finding, key] of table) test(key, () => assert.equal(findingKey(finding), key));
});

test('what stood there is accepted, what is new stands out', () => {
  const decision = { source: 'vex', state: 'not-affected', reason: '', statedIn: 'v' } as const;
  const before = [vulnerability('CVE-1'), vulnerability('CVE-2'), vulnerability('CVE-3', undefined, { decision })];
  const read = parseBaseline(renderBaseline(baselineOf(before, of)), 'b.json');
  assert.ok(read.ok);
  assert.deepEqual(read.value.findings, ['vulnerability:CVE-1:pkg:npm/lodash', 'vulnerability:CVE-2:pkg:npm/lodash']);
  const newer = pkg('npm', 'lodash 4.17.21', { purl: 'pkg:npm/lodash@4.17.21' });
  const now = [vulnerability('CVE-1', newer), vulnerability('CVE-3'), vulnerability('CVE-4')];
  const { findings, problems } = applyBaseline(now, read.value, 'b.json');
  assert.deepEqual(
    findings.map((finding) => finding.decision?.reason),
    ['known since the baseline of 2026-06-15', undefined, undefined],
  );
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['baseline-applied', 'baseline-outdated'],
  );
});

describe('refused', () => {
  for (const [text, message] of [
    ['{', /not valid JSON/],
    ['{}', /its schema/],
    ['{"schema":"plimsoll.baseline.v1"}', /list/],
    ['{"schema":"plimsoll.baseline.v1","findings":[1]}', /list/],
  ] as const) {
    test(text, () => {
      const read = parseBaseline(text, 'b.json');
      assert.match(read.ok ? '' : read.error, message);
    });
  }
});
