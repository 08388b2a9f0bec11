import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Decision } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { applyVex, parseVex } from '#vulnerability/index.ts';
import { fullReport } from '../../../test/kit/full-report.ts';
import { cleanReport, finding, installed, sampleReport } from '../../../test/kit/report.ts';
import { openvex } from './index.ts';

const written = (report: ScanReport): string =>
  [...openvex.render(report, { color: false, width: 80, verbose: false })].join('');
const owner = installed({ name: 'curl', version: '1' });

const decided = (state: Decision['state'], more: Partial<Decision> = {}): Decision => ({
  source: 'exception',
  state,
  reason: 'because',
  statedIn: 'exceptions.yaml:3',
  ...more,
});

describe('decisions', () => {
  const table: [decision: Decision | undefined, expected: object][] = [
    [
      decided('not-affected', { justification: 'component_not_present', author: 'Ann' }),
      { status: 'not_affected', status_notes: 'because (Ann)', justification: 'component_not_present' },
    ],
    [
      decided('not-affected', { justification: 'requires_environment' }),
      { status: 'not_affected', impact_statement: 'because' },
    ],
    [decided('false-positive'), { status: 'not_affected', impact_statement: 'because' }],
    [decided('fixed'), { status: 'fixed', status_notes: 'because' }],
    [decided('affected'), { status: 'affected', action_statement: 'because' }],
    [decided('under-investigation'), { status: 'under_investigation', status_notes: 'because' }],
    [
      decided('accepted', { expires: '2027-01-01' }),
      { status: 'affected', action_statement: 'The risk is accepted until 2027-01-01: because' },
    ],
    [decided('deferred'), { status: 'affected', action_statement: 'The risk is deferred: because' }],
    [
      undefined,
      { status: 'under_investigation', status_notes: 'The publisher says: fix available; curl 2 is free of it' },
    ],
  ];
  for (const [decision, expected] of table) {
    test(JSON.stringify(expected), () => {
      const one = finding({ id: 'CVE-2024-1', package: owner, fixedVersion: '2', ...(decision && { decision }) });
      const { statements } = JSON.parse(written(cleanReport({ packages: [owner], findings: [one] })));
      const { vulnerability, products, ...verdict } = statements[0];
      assert.deepEqual([vulnerability, verdict], [{ name: 'CVE-2024-1' }, expected]);
      assert.deepEqual(products[0].subcomponents, [{ '@id': owner.purl, identifiers: { purl: owner.purl } }]);
    });
  }
});

test('what is written is read again and decides the same', () => {
  const { kind: _kind, ...image } = sampleReport().artifact;
  const { manifestDigest: _manifest, indexDigest: _index, ...archive } = image;
  const artifacts: ScanReport['artifact'][] = [
    sampleReport().artifact,
    { kind: 'image', ...archive, scheme: 'archive', name: 'a b.tar', tags: [] },
    { kind: 'tree', name: '/srv/root fs', scheme: 'rootfs', tags: [], layers: [] },
  ];
  for (const artifact of artifacts) {
    const open = [finding({ id: 'CVE-2024-1', package: owner }), finding({ id: 'CVE-2024-2', package: owner })];
    const findings = open.map((one) => ({
      ...one,
      decision: decided('not-affected', { justification: 'component_not_present' }),
    }));
    const read = parseVex(written(cleanReport({ artifact, packages: [owner], findings })), 'v.json');
    assert.ok(read.ok);
    assert.deepEqual(read.value.problems, []);
    const digests = [artifact.manifestDigest, artifact.configDigest].filter((digest) => digest !== undefined);
    const applied = applyVex(open, read.value.statements, {
      names: [artifact.name, ...artifact.tags],
      digests,
      packages: [owner],
    });
    assert.deepEqual(
      applied.findings.map(({ decision }) => decision?.justification),
      ['component_not_present', 'component_not_present'],
      artifact.name,
    );
    const other = applyVex(open, read.value.statements, {
      names: ['other'],
      digests: [`sha256:${'0'.repeat(64)}`],
      packages: [owner],
    });
    assert.deepEqual(
      other.findings.map(({ decision }) => decision),
      [undefined, undefined],
    );
  }
});

test('one vulnerability with one verdict is one statement', () => {
  const packages = [owner, installed({ name: 'libcurl4', version: '1' })];
  const findings = packages.map((each) => finding({ id: 'CVE-2024-1', package: each, aliases: ['DSA-1'] }));
  const { statements } = JSON.parse(written(cleanReport({ packages, findings })));
  assert.deepEqual(
    statements.map((one: { products: { subcomponents: unknown[] }[] }) => one.products[0]?.subcomponents.length),
    [2],
  );
  const accepted = findings.map((one, index) => (index === 0 ? { ...one, decision: decided('accepted') } : one));
  assert.equal(JSON.parse(written(cleanReport({ packages, findings: accepted }))).statements.length, 2);
});

test('nothing is invented where there is nothing to state, and that can be read', () => {
  const text = written(cleanReport());
  assert.deepEqual(JSON.parse(text).statements, []);
  const read = parseVex(text, 'v.json');
  assert.ok(read.ok);
  assert.deepEqual([read.value.statements, read.value.problems], [[], []]);
});

test('secrets, malware and licences are none of its business', () => {
  const findings = fullReport().findings.filter(({ kind }) => kind !== 'vulnerability');
  assert.deepEqual(JSON.parse(written(fullReport({ findings }))).statements, []);
});
