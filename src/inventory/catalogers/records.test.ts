import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '#foundation/documents/index.ts';
import { problemLine } from '../../../test/kit/catalog-files.ts';
import { inputFile } from '../../../test/kit/input-file.ts';
import { scopesFrom } from './graph.ts';
import { type PackageRecord, RecordCollector, recordCataloger } from './records.ts';

const collector = () => new RecordCollector({ path: 'app/x.lock' }, 'x-lock', 'lock file of x');

test('copies of a package become one record with the strongest of what they say', () => {
  const records = collector();
  const [copy, b, c] = ['a', 'b', 'c'].map((name) => ({ name, version: '1' }));
  assert.ok(copy && b && c);
  for (const other of [b, c]) records.add(other);
  records.add({ ...copy, scope: 'development', relation: 'transitive', dependencies: ['c@1'] });
  records.add({ ...copy, scope: 'optional', relation: 'direct', dependencies: ['b@1', 'c@1'] });
  assert.deepEqual(records.result().packages, [
    b,
    c,
    { ...copy, scope: 'optional', relation: 'direct', dependencies: ['b@1', 'c@1'] },
  ]);
  records.add({ ...copy, licences: ['MIT'] });
  records.add({ ...copy, scope: 'development' });
  assert.deepEqual(records.result().packages, [
    b,
    c,
    { ...copy, relation: 'direct', licences: ['MIT'], dependencies: ['b@1', 'c@1'] },
  ]);
});

test('dependencies that lead to no record are left out', () => {
  const records = collector();
  records.add({ name: 'a', version: '1', dependencies: ['b@2', 'c', 'gone@1'] });
  records.add({ name: 'b', version: '2' });
  records.unpinned({ name: 'c' });
  const { packages, problems } = records.result();
  assert.deepEqual(packages, [
    { name: 'a', version: '1', dependencies: ['b@2', 'c'] },
    { name: 'b', version: '2' },
    { name: 'c', version: '' },
  ]);
  assert.deepEqual(problems.map(problemLine), ['x-lock-version-open 1']);
});

for (const [what, record] of [
  ['no name', { name: '', version: '1' }],
  ['a name of two lines', { name: 'a\nb', version: '1' }],
  ['a name that goes on for ever', { name: 'a'.repeat(100_000), version: '1' }],
  ['a version of control characters', { name: 'a', version: '1\u001b[2J' }],
] as const) {
  test(`${what} makes a record unusable and loses no other`, () => {
    const records = collector();
    records.add(record);
    records.add({ name: 'good', version: '1' });
    const { packages, problems } = records.result();
    assert.deepEqual(packages, [{ name: 'good', version: '1' }]);
    assert.deepEqual(problems.map(problemLine), ['x-lock-record-unusable 1']);
    assert.ok((problems[0]?.subject?.length ?? 0) < 600);
  });
}

test('the number of records is bounded', () => {
  const records = collector();
  for (let index = 0; index < 200_003; index++) records.add({ name: `p${index}`, version: '1' });
  const { packages, problems } = records.result();
  assert.equal(packages.length, 200_000);
  assert.deepEqual(problems.map(problemLine), ['x-lock-too-many-records 3']);
});

test('a package keeps the layer that first had it without a gap', () => {
  const cataloger = recordCataloger({
    id: 'x',
    title: 'Packages of a test',
    references: [],
    maturity: 'stable',
    type: 'npm',
    evidence: 'declared',
    revision: 1,
    files: [],
    parse: () => ({ packages: [], problems: [] }),
  });
  const fragmentOf = (...packages: PackageRecord[]) => ({ packages });
  const [a, b] = [
    { name: 'a', version: '1' },
    { name: 'b', version: '1' },
  ] as const;
  const visible = {
    path: 'x.lock',
    fragment: fragmentOf(a, b),
    layer: 3,
    older: [{ fragment: fragmentOf(a), layer: 1 }],
  };
  const layers = cataloger.assemble([visible], {}).packages.map((found) => `${found.package.name} ${found.layer}`);
  assert.deepEqual(layers, ['a 1', 'b 3']);
});

test('JSON of impossibly many or deep values is no danger', () => {
  const many = parseJson(inputFile('x', `[${'[],'.repeat(2_000_001)}[]]`));
  assert.deepEqual(many, { ok: false, error: 'has more than 2000000 values' });
  assert.equal(parseJson(inputFile('x', '['.repeat(1_000_000))).ok, false);
  assert.equal(parseJson(inputFile('x', '['.repeat(500_000) + ']'.repeat(500_000))).ok, true);
  assert.deepEqual(parseJson(inputFile('x', '\ufeff{"a":1}')), { ok: true, value: { a: 1 } });
});

test('what is needed spreads over circles, the strongest need wins', () => {
  const needs: Record<string, string[]> = { a: ['b'], b: ['a', 'c'], d: ['c', 'e'], e: ['f'], f: ['e'] };
  const roots = { runtime: ['a'], optional: ['e'], development: ['d'] };
  assert.deepEqual(Object.fromEntries(scopesFrom(roots, (id) => needs[id] ?? [])), {
    a: 'runtime',
    b: 'runtime',
    c: 'runtime',
    e: 'optional',
    f: 'optional',
    d: 'development',
  });
});
