import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Field, type Fields, policySubjects } from '#policy/subjects/index.ts';
import { fullReport } from '../../../test/kit/full-report.ts';
import { cleanReport, digestOf, sampleReport } from '../../../test/kit/report.ts';
import type { Attestation } from '../attestations/parse.ts';
import type { ScanReport } from '../report.ts';
import { policyObjects } from './index.ts';

const attestation: Attestation = {
  file: 'provenance.json',
  predicateType: 'https://slsa.dev/provenance/v1',
  statementType: 'https://in-toto.io/Statement/v1',
  subjects: [{ name: 'checkout', digest: digestOf('a1') }],
  signatures: 1,
  builder: 'https://builder.example.com',
  sources: [],
};
const allKinds = new Set(policySubjects.map(({ kind }) => kind));
const configured: ScanReport = {
  ...fullReport(),
  artifact: {
    ...fullReport().artifact,
    config: {
      created: '2026-11-01T00:00:00Z',
      user: '0:0',
      env: ['PATH=/bin', 'TOKEN=abc'],
      entrypoint: ['/app'],
      cmd: [],
      exposedPorts: ['8080/tcp'],
      volumes: [],
      labels: { 'org.opencontainers.image.base.name': 'debian:12' },
      healthcheck: { Test: ['CMD', 'true'] },
      history: [],
    },
  },
};

describe('what objects say is what their description says', () => {
  const reports: Readonly<Record<string, ScanReport>> = {
    'findings of every kind': configured,
    'a small image': sampleReport(),
    'nothing found': cleanReport({ packages: [] }),
    'a directory': sampleReport({ artifact: { kind: 'tree', name: 'app', scheme: 'directory', tags: [], layers: [] } }),
  };
  for (const [name, report] of Object.entries(reports))
    test(name, () => {
      const objects = [...policyObjects(report, [attestation], allKinds)];
      assert.ok(objects.length >= 1);
      for (const { object } of objects) {
        const subject = policySubjects.find(({ kind }) => kind === object.json['kind']);
        assert.ok(subject);
        assert.deepEqual([...faults(object.json['spec'], subject.spec, subject.kind)], []);
      }
    });
});

/** Members that are missing, undescribed or of another type than described. */
function* faults(value: unknown, fields: Fields, at: string): Iterable<string> {
  const members = new Map(Object.entries(typeof value === 'object' && value !== null ? value : {}));
  for (const name of members.keys()) if (!Object.hasOwn(fields, name)) yield `${at}.${name} is not described`;
  for (const [name, field] of Object.entries(fields)) {
    const member = members.get(name);
    if (member !== undefined) yield* memberFaults(member, field, `${at}.${name}`);
    else if (!field.isOptional) yield `${at}.${name} is missing`;
  }
}

function* memberFaults(value: unknown, { type, fields }: Field, at: string): Iterable<string> {
  if (fields !== undefined && type === 'list')
    for (const [index, item] of listOf(value).entries()) yield* faults(item, fields, `${at}[${index}]`);
  else if (fields !== undefined) yield* faults(value, fields, at);
  else if (!isOfType(value, type)) yield `${at} is no ${type}`;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'int':
      return Number.isSafeInteger(value);
    case 'double':
      return typeof value === 'number' && !Number.isInteger(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'list(string)':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'map(string, string)':
      return (
        typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')
      );
    default:
      return type === 'string' && typeof value === 'string';
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function specOf(kind: string, report: ScanReport, id?: string): Map<string, unknown> {
  const found = [...policyObjects(report, [attestation], allKinds)].find(({ object, finding }) => {
    return object.json['kind'] === kind && (id === undefined || finding?.id === id);
  });
  return new Map(Object.entries(found?.object.json['spec'] ?? {}));
}

test('an image', () => {
  const image = specOf('Image', configured);
  const expected: readonly (readonly [string, unknown])[] = [
    ['registry', 'registry.example.com'],
    ['repository', 'shop/checkout'],
    ['tag', '1.4'],
    ['isPinned', false],
    ['ageDays', 23],
    ['runsAsRoot', true],
    ['envNames', ['PATH', 'TOKEN']],
    ['hasHealthcheck', true],
    ['support', 'long-term'],
    ['base', { isKnown: true, layers: 1, name: 'debian:12' }],
    ['signature', 'unknown'],
    ['attestations', [{ predicateType: attestation.predicateType, verification: 'unknown' }]],
  ];
  for (const [member, value] of expected) assert.deepEqual(image.get(member), value, member);
  assert.ok(!JSON.stringify([...image]).includes('abc'), 'no value of an environment variable');
});

test('an image whose build wrote no real time has no age', () => {
  const { config } = configured.artifact;
  assert.ok(config);
  const artifact = { ...configured.artifact, config: { ...config, created: '1970-01-01T00:00:00Z' } };
  const image = specOf('Image', { ...configured, artifact });
  assert.deepEqual([image.has('created'), image.has('ageDays')], [false, false]);
});

test('a finding that was decided is not open and says until when', () => {
  const finding = specOf('Finding', fullReport(), 'CVE-2023-45853');
  assert.equal(finding.get('isOpen'), false);
  assert.equal(finding.get('exploited'), 'no');
});

test('names of findings are told apart, and only what is asked for is made', () => {
  const objects = policyObjects(fullReport(), [], new Set(['Finding']));
  const names = Array.from(objects, ({ object }) => object.json['metadata']);
  assert.equal(names.length, fullReport().findings.length);
  assert.equal(new Set(names.map((name) => JSON.stringify(name))).size, names.length);
});

test('an attestation is for an image whose digest it has', () => {
  const other = { ...attestation, subjects: [{ name: 'checkout', digest: '' }] };
  const [mine, theirs] = policyObjects(sampleReport(), [attestation, other], new Set(['Attestation']));
  const isFor = [mine, theirs].map((one) =>
    new Map(Object.entries(one?.object.json['spec'] ?? {})).get('isForArtifact'),
  );
  assert.deepEqual(isFor, [true, false]);
});
