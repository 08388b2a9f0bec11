import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYamlDocuments, readManifest } from './index.ts';
import { resolvePlain } from './scalars.ts';

/** What `sigs.k8s.io/yaml` makes of a plain scalar, and `yaml.v3` where it makes something else of it. */
const table: readonly (readonly [text: string, kubernetes: unknown, compose?: unknown])[] = [
  ['', null],
  ['~', null],
  ['Null', null],
  ['nULL', 'nULL'],
  ['true', true],
  ['FALSE', false],
  ['yes', true, 'yes'],
  ['Off', false, 'Off'],
  ['y', true, 'y'],
  ['N', false, 'N'],
  ['oN', 'oN'],
  ['12', 12],
  ['+12', 12],
  ['-0', 0],
  ['0644', 420],
  ['-0644', -420],
  ['0o17', 15],
  ['08', 8],
  ['09.5', 9.5],
  ['0x1F', 31],
  ['-0b11', -3],
  ['1_000', 1000],
  ['_1', '_1'],
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -9223372036854775808n],
  ['18446744073709551615', 18446744073709552000],
  ['3.0', 3],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1.', 1],
  ['1e3', 1000],
  ['1e400', '1e400'],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['.nan', Number.NaN],
  ['12:30', '12:30'],
  ['2026-11-24', '2026-11-24'],
  ['1.2.3', '1.2.3'],
  ['-', '-'],
  ['.', '.'],
  ['0x', '0x'],
  ['nginx', 'nginx'],
  ['١', '١'],
];
for (const [text, kubernetes, compose = kubernetes] of table)
  test(`${JSON.stringify(text)} means ${String(kubernetes)} and ${String(compose)}`, () => {
    assert.deepEqual(resolvePlain(text, 'kubernetes'), kubernetes);
    assert.deepEqual(resolvePlain(text, 'compose'), compose);
  });

test('a number that is too long to be one costs no time', () => {
  const digits = '7'.repeat(1_000_000);
  assert.equal(resolvePlain(digits, 'kubernetes'), digits);
});

test('a document is read as the tool reads it that it is for', () => {
  const [manifest, compose] = parseYamlDocuments(
    'apiVersion: v1\nkind: Pod\non: yes\n---\nservices: {on: yes}\n',
  ).documents;
  assert.deepEqual(manifest?.value, { apiVersion: 'v1', kind: 'Pod', true: true });
  assert.equal(manifest?.positionOf(['true']).line, 3);
  assert.deepEqual(compose?.value, { services: { on: 'yes' } });
});

for (const [text, value] of [
  ['a: !!str 1', { a: '1' }],
  ['a: !!int "0644"', { a: 420 }],
  ['a: !!float 3', { a: 3 }],
  ['a: !own 1', { a: '1' }],
  ['a: !!null ""', { a: null }],
] as const)
  test(`the tag decides: ${text}`, () => assert.deepEqual(parseYamlDocuments(text).documents[0]?.value, value));

test('a value that is not what its tag says is refused', () => {
  const { problems } = parseYamlDocuments('a: !!int b\n');
  assert.match(problems[0]?.message ?? '', /^line 1, column 10: the value is not what its tag/);
});

test('the objects of a manifest with their places', () => {
  const text = 'apiVersion: v1\nkind: List\nitems:\n- {kind: Pod, spec: {a: [1, 2]}}\n---\nkind: Service\n';
  const objects = readManifest(text, 'a.yaml');
  assert.ok(objects.ok);
  const [pod, service] = objects.value;
  assert.deepEqual(pod?.json, { kind: 'Pod', spec: { a: [1, 2] } });
  assert.deepEqual(pod?.position('spec', 'a', 1), { line: 4, column: 29 });
  assert.equal(pod?.place('spec', 'b'), 'a.yaml:4:21');
  assert.equal(service?.place(), 'a.yaml:6:1');
  assert.deepEqual(readManifest('a: [\n', 'b.yaml'), {
    ok: false,
    error: 'b.yaml:1:4: not valid YAML: a bracket that is not closed',
  });
});
