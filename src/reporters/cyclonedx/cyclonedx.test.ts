import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cleanReport, finding, installed, sampleReport } from '../../../test/kit/report.ts';
import { cyclonedx } from './index.ts';

const bom = (report = sampleReport()) =>
  JSON.parse([...cyclonedx.render(report, { color: false, width: 80, verbose: false })].join(''));
const component = (parts: Parameters<typeof installed>[0]) => {
  const { components } = bom(cleanReport({ packages: [installed(parts)] }));
  return components.find((one: { name: string }) => one.name === parts.name);
};

describe('licences', () => {
  const declared = 'declared';
  const cases: readonly (readonly [readonly string[], unknown])[] = [
    [[], undefined],
    [[' '], undefined],
    [['mit'], [{ license: { id: 'MIT', acknowledgement: declared } }]],
    [['custom words'], [{ license: { name: 'custom words', acknowledgement: declared } }]],
    [['MIT OR ISC'], [{ expression: 'MIT OR ISC', acknowledgement: declared }]],
    [['MIT OR ISC', 'Zlib'], [{ expression: '(MIT OR ISC) AND Zlib', acknowledgement: declared }]],
    [
      ['MIT OR ISC', 'custom'],
      [
        { license: { name: 'MIT OR ISC', acknowledgement: declared } },
        { license: { name: 'custom', acknowledgement: declared } },
      ],
    ],
  ];
  for (const [licences, expected] of cases) {
    test(JSON.stringify(licences), () =>
      assert.deepEqual(component({ name: 'x', version: '1', licences }).licenses, expected),
    );
  }
});

test('references are unique and every one leads somewhere', () => {
  const twin = { name: 'twin', version: '1' };
  const packages = [installed(twin), installed({ ...twin, origin: { path: 'elsewhere' } })];
  const findings = packages.map((owner) => finding({ id: 'CVE-2025-1', package: structuredClone(owner) }));
  const { components, dependencies, vulnerabilities } = bom(sampleReport({ packages, findings }));
  const refs = components.map((one: { 'bom-ref': string }) => one['bom-ref']);
  assert.equal(new Set(refs).size, 3);
  assert.deepEqual(dependencies[0].dependsOn.toSorted(), refs.toSorted());
  assert.deepEqual(
    vulnerabilities[0].affects.map((one: { ref: string }) => one.ref),
    refs.slice(1),
  );
});

test('what a package needs is resolved within its record', () => {
  const at = (path: string) => ({ type: 'npm' as const, origin: { path } });
  const packages = [
    installed({
      name: 'app',
      version: '1',
      purl: 'pkg:npm/app@1',
      dependencies: ['leaf@2', 'absent@3'],
      ...at('a/lock'),
    }),
    installed({ name: 'leaf', version: '2', purl: 'pkg:npm/leaf@2', ...at('a/lock') }),
    installed({ name: 'leaf', version: '2', purl: 'pkg:npm/leaf@2', ...at('b/lock') }),
  ];
  const { dependencies } = bom(cleanReport({ packages }));
  assert.deepEqual(dependencies.slice(1), [{ ref: 'pkg:npm/app@1', dependsOn: ['pkg:npm/leaf@2'] }]);
});

test('one vulnerability in two states is two entries, each with what the publisher says', () => {
  const [a, b] = [installed({ name: 'a', version: '1' }), installed({ name: 'b', version: '1' })];
  const findings = [
    finding({ id: 'CVE-2025-2', package: a, state: 'will-not-fix' }),
    finding({ id: 'CVE-2025-2', package: b, state: 'not-affected' }),
  ];
  const { vulnerabilities } = bom(sampleReport({ packages: [a, b], findings }));
  assert.deepEqual(
    vulnerabilities.map(
      (one: { analysis: { state?: string; response?: string[] } }) => one.analysis.state ?? one.analysis.response,
    ),
    [['will_not_fix'], 'not_affected'],
  );
});

test('completeness is never claimed', () => {
  assert.equal(bom(cleanReport()).compositions[0].aggregate, 'unknown');
  assert.equal(bom(sampleReport()).compositions[0].aggregate, 'incomplete');
});
